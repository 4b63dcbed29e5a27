# Programs that must be refused, with the exact words and the mark under the place.
# The text stands behind a first line of declarations, see HEAD in test_method.c.

%%FAIL
criterion K "к" = count(p in s where failed(p, year - 1) >= 1) >= 2 listed when Q
%%
t:2:81: Имя «Q» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  criterion K "к" = count(p in s where failed(p, year - 1) >= 1) >= 2 listed when Q
                                                                                  ^

%%FAIL
criterion K "к" = count(p in mane where failed(p, year - 1) >= 1) >= 2 listed when K
%%
t:2:30: Имя «mane» здесь неизвестно. Возможно, имелось в виду «and».
  criterion K "к" = count(p in mane where failed(p, year - 1) >= 1) >= 2 listed when K
                               ^~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 1) / participants(vpr-math-5, year - 1) >= shere listed when K
%%
t:2:88: Имя «shere» здесь неизвестно. Возможно, имелось в виду «share».
  criterion K "к" = failed(vpr-math-5, year - 1) / participants(vpr-math-5, year - 1) >= shere listed when K
                                                                                         ^~~~~

%%FAIL
criterion K "к" = failed(vpr-mat-5, year - 1) >= 2 listed when K
%%
t:2:26: Имя «vpr-mat-5» здесь неизвестно. Возможно, имелось в виду «vpr-math-5».
  criterion K "к" = failed(vpr-mat-5, year - 1) >= 2 listed when K
                           ^~~~~~~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year-1) >= 2 listed when K
%%
t:2:38: Имя «year-1» здесь неизвестно. Вычитание пишется с пробелами: year - 1.
  criterion K "к" = failed(vpr-math-5, year-1) >= 2 listed when K
                                       ^~~~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - x1) >= 2 listed when K
%%
t:2:45: Имя «x1» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  criterion K "к" = failed(vpr-math-5, year - x1) >= 2 listed when K
                                              ^~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 30 %) >= 2 listed when K
%%
t:2:45: Сколько лет отнять, пишется целым числом. Например: year - 1.
  criterion K "к" = failed(vpr-math-5, year - 30 %) >= 2 listed when K
                                              ^~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 1) >= 30 % listed when K
%%
t:2:51: Здесь стоит величина другого рода. Стоит «доля». Ожидалось: количество.
  criterion K "к" = failed(vpr-math-5, year - 1) >= 30 % listed when K
                                                    ^~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 1) / participants(vpr-math-5, year - 1) >= 3 listed when K
%%
t:2:88: Здесь стоит величина другого рода. Стоит «количество». Ожидалось: доля. Долю пишите со знаком процента: 30 %.
  criterion K "к" = failed(vpr-math-5, year - 1) / participants(vpr-math-5, year - 1) >= 3 listed when K
                                                                                         ^

%%FAIL
criterion K "к" = 1 + internet > 2 listed when K
%%
t:2:23: Здесь стоит величина другого рода. Стоит «условие (да или нет)». Ожидалось: количество или доля.
  criterion K "к" = 1 + internet > 2 listed when K
                        ^~~~~~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 1) listed when K
%%
t:2:19: Здесь стоит величина другого рода. Стоит «количество». Ожидалось: условие (да или нет).
  criterion K "к" = failed(vpr-math-5, year - 1) listed when K
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~

%%FAIL
criterion K "к" = 2 < failed(vpr-math-5, year - 1) < 5 listed when K
%%
t:2:52: Сравнения нельзя ставить подряд. Соедините два сравнения словом and.
  criterion K "к" = 2 < failed(vpr-math-5, year - 1) < 5 listed when K
                                                     ^

%%FAIL
criterion K "к" = failed(vpr-math-5, year) > 1 listed when K
%%
t:2:19: Результаты экзаменов известны за предшествующие учебные годы, от year - 1. Предел – 3.
  criterion K "к" = failed(vpr-math-5, year) > 1 listed when K
                    ^~~~~~~~~~~~~~~~~~~~~~~~

%%FAIL
criterion K "к" = failed(vpr-math-5, year - 4) > 1 listed when K
%%
t:2:19: Результаты экзаменов известны за предшествующие учебные годы, от year - 1. Предел – 3.
  criterion K "к" = failed(vpr-math-5, year - 4) > 1 listed when K
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~

%%FAIL
criterion K "к" = failed(vpr-math-5) > 1 listed when K
%%
t:2:19: У «failed» 1 величина в скобках. Ожидалось: 2.
  criterion K "к" = failed(vpr-math-5) > 1 listed when K
                    ^~~~~~~~~~~~~~~~~~

%%FAIL
criterion K "к" = failed(year - 1, vpr-math-5) > 1 listed when K
%%
t:2:26: Здесь стоит величина другого рода. Стоит «учебный год». Ожидалось: процедура.
  criterion K "к" = failed(year - 1, vpr-math-5) > 1 listed when K
                           ^~~~~~~~

%%FAIL
criterion K "к" = any(x in s where x = no) listed when K
%%
t:2:36: Здесь стоит величина другого рода. Стоит «процедура». Ожидалось: количество или доля.
  criterion K "к" = any(x in s where x = no) listed when K
                                     ^

%%FAIL
criterion K "к" = s > 2 listed when K
%%
t:2:19: Имя «s» здесь неизвестно. Это набор; его перебирают: count(p in … where …).
  criterion K "к" = s > 2 listed when K
                    ^

%%FAIL
criterion K "к" = counted listed when K
%%
t:2:19: Имя «counted» здесь неизвестно. После этого имени нужны скобки с процедурой и годом.
  criterion K "к" = counted listed when K
                    ^~~~~~~

%%FAIL
criterion K "к" = K listed when K
%%
t:2:19: Имя «K» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  criterion K "к" = K listed when K
                    ^

%%FAIL
define b (p, y) "б" = b(p, y)
criterion K "к" = any(p in s where b(p, year - 1)) listed when K
%%
t:2:23: Имя «b» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  define b (p, y) "б" = b(p, y)
                        ^

%%FAIL
criterion K "к" = any(p in s where c(p, year - 1)) listed when K
define c (p, y) "в" = participants(p, y) > 1
%%
t:2:36: Имя «c» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  criterion K "к" = any(p in s where c(p, year - 1)) listed when K
                                     ^

%%FAIL
define d (p, y) "г" = 1 > 2
criterion K "к" = d(vpr-math-5, year - 1) listed when K
%%
t:2:8: Параметр «p» нигде не использован.
  define d (p, y) "г" = 1 > 2
         ^

%%FAIL
define d (p, y) "г" = participants(p, y) > 1 and p
criterion K "к" = yes listed when K
%%
t:2:50: Здесь стоит величина другого рода. Стоит «процедура». Ожидалось: условие (да или нет).
  define d (p, y) "г" = participants(p, y) > 1 and p
                                                   ^

%%FAIL
setting s "с" = 1 from 1 to 2
criterion K "к" = yes listed when K
%%
t:2:9: Имя «s» уже занято.
  setting s "с" = 1 from 1 to 2
          ^

%%FAIL
setting limit "с" = 30 % from 1 to 9
criterion K "к" = yes listed when K
%%
t:2:9: Значение и границы настройки должны быть одного рода: все доли или все числа.
  setting limit "с" = 30 % from 1 to 9
          ^~~~~

%%FAIL
setting limit "с" = 10 from 1 to 9
criterion K "к" = yes listed when K
%%
t:2:9: Значение настройки лежит вне её границ.
  setting limit "с" = 10 from 1 to 9
          ^~~~~

%%FAIL
setting limit "с" = 0.5 from 0 to 1
criterion K "к" = yes listed when K
%%
t:2:21: Здесь ожидалось другое. Стоит «0.5». Ожидалось: целое число или доля вида 12,5 %.
  setting limit "с" = 0.5 from 0 to 1
                      ^~~

%%FAIL
procedures main "ц" = vpr-math-5 vpr-math-5 internet
criterion K "к" = yes listed when K
%%
t:2:34: «vpr-math-5» стоит в наборе второй раз.
  procedures main "ц" = vpr-math-5 vpr-math-5 internet
                                   ^~~~~~~~~~
t:2:45: Имя «internet» здесь неизвестно. Это показатель, а не процедура.
  procedures main "ц" = vpr-math-5 vpr-math-5 internet
                                              ^~~~~~~~

%%FAIL
elements mixed "смесь" = internet pupils-truant
criterion K "к" = any(x in mixed where x = no) listed when K
%%
t:3:19: В наборе «mixed» показатели разного рода: их нельзя перебирать вместе.
  criterion K "к" = any(x in mixed where x = no) listed when K
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~

%%FAIL
criterion K "к" = (internet = no listed when K
%%
t:2:34: Здесь ожидалось другое. Стоит «listed». Ожидалось: ).
  criterion K "к" = (internet = no listed when K
                                   ^~~~~~

%%FAIL
criterion K "к" = К1 or internet = no listed when K
%%
t:2:19: Здесь не может стоять этот знак. Стоит «К». Слова и имена языка пишутся латинскими буквами, русский текст – в кавычках.
  criterion K "к" = К1 or internet = no listed when K
                    ^

%%FAIL
criterion K "к = internet = no
listed when K
%%
t:2:13: Текст в кавычках не закончен. Поставьте закрывающую кавычку "; внутри текста пишите «ёлочки».
  criterion K "к = internet = no
              ^

%%FAIL
criterion K "к" = internet = no & computers = no listed when K
%%
t:2:33: Здесь не может стоять этот знак. Стоит «&».
  criterion K "к" = internet = no & computers = no listed when K
                                  ^

%%FAIL
criterion K "к" =
listed when K
%%
t:3:1: Здесь ожидалось другое. Стоит «listed». Ожидалось: условие или величина.
  listed when K
  ^~~~~~

%%FAIL
applies to schools where failed(vpr-math-5, year - 1) > 2
criterion K "к" = yes listed when K
%%
t:2:26: К каким школам применяется методика, решают только вид школы и её место, не результаты.
  applies to schools where failed(vpr-math-5, year - 1) > 2
                           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~

%%FAIL
applies to schools where kind in (school)
criterion K "к" = yes listed when K
%%
t:2:35: Здесь ожидалось другое. Стоит «school». Ожидалось: вид школы: nosh, oosh, sosh, gymnasium, lyceum, correctional, evening.
  applies to schools where kind in (school)
                                    ^~~~~~

%%FAIL
criterion K "к" = yes because "в {yaer - 1} году" listed when K
%%
t:2:35: Имя «yaer» здесь неизвестно. Возможно, имелось в виду «year».
  criterion K "к" = yes because "в {yaer - 1} году" listed when K
                                    ^~~~

%%FAIL
criterion K "к" = yes because "в {year - 1 году" listed when K
%%
t:2:34: Скобка { не закрыта.
  criterion K "к" = yes because "в {year - 1 году" listed when K
                                   ^

%%FAIL
criterion K "к" = yes listed when K
example "п" school sosh year - 1: vpr-math-5 11 of 10 expect listed
%%
t:3:35: Не справившихся больше, чем участников.
  example "п" school sosh year - 1: vpr-math-5 11 of 10 expect listed
                                    ^~~~~~~~~~

%%FAIL
criterion K "к" = yes listed when K
example "п" school sosh elements: internet 5 % expect listed
%%
t:3:44: Здесь ожидалось другое. Стоит «5 %». Ожидалось: yes или no.
  example "п" school sosh elements: internet 5 % expect listed
                                             ^~~

%%FAIL
criterion K "к" = yes listed when K
example "п" school sosh expect on_list
%%
t:3:32: Здесь ожидалось другое. Стоит «on_list». Ожидалось: listed, not_listed, no_data, not_applicable.
  example "п" school sosh expect on_list
                                 ^~~~~~~

%%FAIL
criterion K "к" = yes listed when K
doubt "в?" reading "ч" other "д" with k = 99
%%
t:3:39: Значение не годится для настройки «k».
  doubt "в?" reading "ч" other "д" with k = 99
                                        ^

%%FAIL
criterion K "к" = yes listed when K
doubt "в?" reading "ч" other "д" with criterion L = no
%%
t:3:49: Имя «L» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  doubt "в?" reading "ч" other "д" with criterion L = no
                                                  ^

%%FAIL
criterion K "к" = yes
%%
t:1:1: Не сказано, кто входит в перечень: listed when …
  method m title "м" version 1 from 2022-09-01 source "и" procedures s "три процедуры" = vpr-math-5 vpr-rus-5 oge-math elements e "две доли" = pupils-registered pupils-truant elements a "ответы" = internet computers setting k "к" = 2 from 1 to 9 setting share "д" = 30 % from 0 % to 100 % define counted (p, y) "результат учитывается" = participants(p, y) > 0
  ^

%%FAIL
listed when internet = no
%%
t:1:1: Нет ни одного критерия.
  method m title "м" version 1 from 2022-09-01 source "и" procedures s "три процедуры" = vpr-math-5 vpr-rus-5 oge-math elements e "две доли" = pupils-registered pupils-truant elements a "ответы" = internet computers setting k "к" = 2 from 1 to 9 setting share "д" = 30 % from 0 % to 100 % define counted (p, y) "результат учитывается" = participants(p, y) > 0
  ^

%%FAIL
criterion K "к" = internet = no listed when K
title "снова"
%%
t:3:7: «title» стоит второй раз.
  title "снова"
        ^~~~~~~

%%FAIL
methid m
%%
t:2:1: Здесь ожидалось другое. Стоит «methid». Ожидалось: начало правила: title, setting, criterion, ….
  methid m
  ^~~~~~

%%FAIL
method 5
%%
t:1:8: Здесь ожидалось другое. Стоит «5». Ожидалось: код методики.
  method 5
         ^
t:1:8: Здесь ожидалось другое. Стоит «5». Ожидалось: начало правила: title, setting, criterion, ….
  method 5
         ^

%%FAIL
criterion K "к" = at least 30 % of (internet = no, computers = no) listed when K
%%
t:2:28: Здесь стоит величина другого рода. Стоит «доля». Ожидалось: количество.
  criterion K "к" = at least 30 % of (internet = no, computers = no) listed when K
                             ^~~~

%%FAIL
criterion K "к" = internet > 2 listed when K
%%
t:2:19: Здесь стоит величина другого рода. Стоит «условие (да или нет)». Ожидалось: количество или доля.
  criterion K "к" = internet > 2 listed when K
                    ^~~~~~~~

%%FAIL
criterion K "к" = sum(x = no for x in a) > 1 listed when K
%%
t:2:23: Здесь стоит величина другого рода. Стоит «условие (да или нет)». Ожидалось: количество или доля.
  criterion K "к" = sum(x = no for x in a) > 1 listed when K
                        ^~~~~~

%%FAIL
low result (p) when participants(p, year - 1) > 0
criterion K "к" = yes listed when K
%%
t:2:5: Низкий результат – это условие о процедуре и учебном годе: low result (p, y) when …
  low result (p) when participants(p, year - 1) > 0
      ^~~~~~

%%FAIL
criterion K "к" = yes listed whan K
criterion L "л" = quite other
setting q "ч" = 5
%%
t:2:30: Здесь ожидалось другое. Стоит «whan». Ожидалось: when.
  criterion K "к" = yes listed whan K
                               ^~~~
t:3:19: Имя «quite» здесь неизвестно. Имя объявляют выше места, где им пользуются.
  criterion L "л" = quite other
                    ^~~~~
t:4:18: Текст кончился раньше времени. Ожидалось: from.
  setting q "ч" = 5
                   ^

%%FAIL
define ready (p, y) "учтён" = p > 5
criterion K "к" = failed(vpr-math-5, year - 1) > 2 listed when K
%%
t:2:31: Параметр стоит не на месте. Стоит «p». Ожидалось: количество или доля. Параметр – это процедура или учебный год, например: participants(p, y).
  define ready (p, y) "учтён" = p > 5
                                ^

%%FAIL
define ready (p, y) "учтён" = p+articipants(p, y) > 5
criterion K "к" = failed(vpr-math-5, year - 1) > 2 listed when K
%%
t:2:31: Параметр стоит не на месте. Стоит «p». Ожидалось: количество или доля. Параметр – это процедура или учебный год, например: participants(p, y).
  define ready (p, y) "учтён" = p+articipants(p, y) > 5
                                ^

%%FAIL
define ready (p, y) "учтён" = not y
criterion K "к" = failed(vpr-math-5, year - 1) > 2 listed when K
%%
t:2:35: Параметр стоит не на месте. Стоит «y». Ожидалось: условие (да или нет). Параметр – это процедура или учебный год, например: participants(p, y).
  define ready (p, y) "учтён" = not y
                                    ^
