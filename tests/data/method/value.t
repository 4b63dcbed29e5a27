# A condition, what is known of a school, and what the condition comes to.
# Facts are written as in an example of a method; a middle school unless they
# begin with "school".  "-" is nothing known.

# shares and counts are exact
failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 3 of 10
yes

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 2 of 7
no

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 14 of 47
no

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 400 of 1334
no

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 15 of 50
yes

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 1 of 3
yes


failed(oge-math, year - 1) * 3 = participants(oge-math, year - 1)
year - 1: oge-math 1 of 3
yes

pupils-truant + pupils-registered = 30 %
elements: pupils-truant 10 %, pupils-registered 20 %
yes

pupils-truant * 3 = 0.3 %
elements: pupils-truant 0,1 %
yes

failed(oge-math, year - 1) >= 30 % * participants(oge-math, year - 1)
year - 1: oge-math 3 of 10
yes

# what is not known stays not known
failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
-
unknown

failed(oge-math, year - 1) / participants(oge-math, year - 1) >= 30 %
year - 1: oge-math 0 of 0
unknown

failed(oge-math, year - 1) / participants(oge-math, year - 1) <= 100 %
-
yes

participants(oge-math, year - 1) >= 0
-
yes

participants(oge-math, year - 1) > 0
year - 1: oge-math 0 of 0
no

# no such exam in this school, or in that year: nobody took part
participants(ege-rus, year - 1) > 0
school oosh
no

failed(ege-rus, year - 1) / participants(ege-rus, year - 1) >= 30 %
school oosh
unknown

participants(oge-math, year - 2) > 0
in 2021/2022 school sosh
no

participants(oge-math, year - 2) > 0
in 2021/2022 school sosh year - 2: oge-math 0 of 5
yes

applies(ege-rus)
school oosh
no

applies(ege-rus)
school sosh
yes

# and, or, not
internet and computers
elements: internet no
no

internet or computers
elements: internet yes
yes

internet and computers
elements: internet yes
unknown

not internet
-
unknown

internet = no
elements: internet no
yes

internet != computers
elements: internet no, computers yes
yes

internet = computers
elements: internet no
unknown

# counting: the least and the most it may be
count(p in s where counted(p, year - 1)) >= 2
year - 1: vpr-math-5 0 of 5, oge-math 0 of 5
yes

count(p in s where counted(p, year - 1)) >= 2
year - 1: vpr-math-5 0 of 5
unknown

count(p in s where counted(p, year - 1)) >= 3
year - 1: vpr-math-5 0 of 0
no

count(p in s where counted(p, year - 1)) = 1
year - 1: vpr-math-5 0 of 5, vpr-rus-5 0 of 0, oge-math 0 of 0
yes

count(p in s) = 3
-
yes

any(x in a where x = no)
elements: internet no
yes

any(x in a where x = no)
elements: internet yes
unknown

all(x in a where x)
elements: internet yes, computers yes
yes

none(x in a where x = no)
elements: internet yes, computers yes
yes

at least 2 of (internet = no, computers = no, rural)
school sosh rural elements: internet no
yes

at least 2 of (internet = no, computers = no, rural)
elements: internet yes
no

at least 2 of (internet = no, computers = no, rural)
elements: internet no
unknown

number of (internet = no, computers = no) != 1
elements: internet no, computers no
yes

# sums: shares are never negative
sum(x for x in e) > 10 %
elements: pupils-registered 10,1 %
yes

sum(x for x in e) > 10 %
elements: pupils-registered 10 %
unknown

sum(x for x in e) > 10 %
elements: pupils-registered 5 %, pupils-truant 5 %
no

sum(x for x in e) > 200 %
-
no

sum(failed(p, year - 1) for p in s where participants(p, year - 1) >= 5) = 3
year - 1: vpr-math-5 2 of 4, vpr-rus-5 1 of 5, oge-math 2 of 9
yes

sum(failed(p, year - 1) for p in s) / sum(participants(p, year - 1) for p in s) >= 50 %
year - 1: vpr-math-5 2 of 4, vpr-rus-5 1 of 5, oge-math 7 of 9
yes

# what is known
known(internet)
-
no

known(internet)
elements: internet no
yes

known(internet and computers)
elements: internet no
yes

known(failed(oge-math, year - 1))
year - 1: oge-math 0 of 0
yes

known(failed(oge-math, year - 1) / participants(oge-math, year - 1))
year - 1: oge-math 0 of 0
no

# the school itself
kind in (nosh, correctional)
school correctional
yes

kind not in (nosh, correctional) and small
school lyceum small
yes

kind = sosh and not rural
-
yes
