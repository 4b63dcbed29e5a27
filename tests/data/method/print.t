# A condition, and its canonical form.

internet=no
internet = no

( internet = no )
internet = no

not(internet = no)and computers
not internet = no and computers

not (internet and computers)
not (internet and computers)

internet and computers and (internet or computers)
internet and computers and (internet or computers)

(internet or computers) or internet
(internet or computers) or internet

pupils-truant*2+pupils-registered>12.50%
pupils-truant * 2 + pupils-registered > 12,5 %

pupils-truant * (pupils-truant + 1 %) > 1 %
pupils-truant * (pupils-truant + 1 %) > 1 %

failed(vpr-math-5, year - 1) - (failed(vpr-rus-5, year - 1) - 1) > 0
failed(vpr-math-5, year - 1) - (failed(vpr-rus-5, year - 1) - 1) > 0

failed(vpr-math-5, year - 1) - failed(vpr-rus-5, year - 1) - 1 > 0
failed(vpr-math-5, year - 1) - failed(vpr-rus-5, year - 1) - 1 > 0

count(p in s where not counted(p,year - 1))>=k
count(p in s where not counted(p, year - 1)) >= k

kind not in (nosh, correctional) and rural or small
kind in (oosh, sosh, gymnasium, lyceum, evening) and rural or small

kind = sosh
kind in (sosh)

at least k of(internet,computers)
at least k of (internet, computers)

number of (internet, computers) != 1
number of (internet, computers) != 1

sum(failed(p, year - 2) for p in s where counted(p, year - 1)) / sum(participants(p, year - 2) for p in s) >= share
sum(failed(p, year - 2) for p in s where counted(p, year - 1)) / sum(participants(p, year - 2) for p in s) >= share

known(internet or computers)
known(internet or computers)

none(x in a where x = no)
none(x in a where x = no)

all(x in a where x)
all(x in a where x)

count(p in s) = 3
count(p in s) = 3
