/*
 * recognise_columns.c - which headings are understood: the one table of names
 * and synonyms, read by the recogniser, the wizard and the manual.
 *
 * Synonyms are written as heading_key() leaves a heading: small letters, е
 * for ё, no quotes, no spaces around hyphens, slashes, commas and brackets.
 */
#include "convert/recognise_parts.h"

#define SCHOOLS   KIND_BIT(FILE_SCHOOLS)
#define RESULTS   KIND_BIT(FILE_RESULTS)
#define PUPILS    KIND_BIT(FILE_PUPILS)
#define OBSERVED  KIND_BIT(FILE_OBSERVATIONS)
#define OFFICIAL  KIND_BIT(FILE_OFFICIAL_LIST)
#define F1        KIND_BIT(FILE_F1)
#define STATS     KIND_BIT(FILE_MARK_STATS)
#define MARKS     KIND_BIT(FILE_MARKS_TABLE)
#define SCORES    KIND_BIT(FILE_SCORES_TABLE)
#define BIAS      KIND_BIT(FILE_BIAS_TABLE)
#define COLLECTED KIND_BIT(FILE_COLLECTED)
#define OGE       KIND_BIT(FILE_OGE_PROTOCOL)
#define EGE       KIND_BIT(FILE_EGE_PROTOCOL)
#define GIA       (OGE | EGE)
#define FLAT      (MARKS | SCORES | BIAS)
/* A school may be named by one column in these. */
#define BY_SCHOOL (RESULTS | PUPILS | OBSERVED | OFFICIAL)

/* clang-format off */
static const struct recognise_column columns[] = {
{BY_SCHOOL, FIELD_SCHOOL, false, "school",
    "школа|оо|oo|образовательная организация|наименование школы|общеобразовательная организация|организация",
    N_("Школа: её код, логин ФИС ОКО или название.")},
{COLLECTED, FIELD_SCHOOL, false, "school", "оо(логин школы)|логин школы|пользователь|user|логин|логин оо|оо|oo|школа",
    N_("Школа: логин ФИС ОКО.")},
{SCHOOLS, FIELD_CODE, false, "code", "код|код школы|код оо|код oo",
    N_("Код школы, единый для всех загрузок.")},
{BY_SCHOOL | F1 | STATS | FLAT | GIA, FIELD_CODE, false, "school_code",
    "код оо|код oo|код школы|код оу|schoolcode|код образовательной организации|код организации",
    N_("Код школы в РЦОИ.")},
{BY_SCHOOL | FLAT, FIELD_LOGIN, false, "login", "логин|логин оо|логин школы|логин фис око",
    N_("Логин школы в ФИС ОКО (sch… или edu…).")},
{F1, FIELD_LOGIN, false, "login", "оо|oo|логин|логин оо|логин школы", N_("Логин школы в ФИС ОКО.")},
{SCHOOLS, FIELD_NAME, false, "name",
    "название|наименование|школа|краткое наименование|полное наименование|наименование школы|название школы|название оо|наименование оо|образовательная организация",
    N_("Название школы.")},
{BY_SCHOOL | F1, FIELD_NAME, false, "school_name", "название оо|наименование оо|название школы|полное наименование|краткое наименование",
    N_("Название школы.")},
{FLAT, FIELD_NAME, false, "school_name", "оо|oo|школа|название оо|наименование оо|название школы|наименование школы",
    N_("Название школы.")},
{STATS | SCORES, FIELD_GROUP, false, "group", "группы участников|группа участников",
    N_("Школа, муниципалитет, регион или вся выборка.")},
{BY_SCHOOL | F1 | STATS | FLAT | COLLECTED | SCHOOLS | GIA, FIELD_MUNICIPALITY, false, "municipality",
    "муниципалитет|мсу|код мсу|код ате|ате|район|муниципальное образование|governmentcode|регион", NULL},

{RESULTS | PUPILS, FIELD_YEAR, false, "year", "учебный год|год", N_("Учебный год: 2022/2023.")},
{FLAT, FIELD_YEAR, false, "year", "год|учебный год", N_("Год работы: 2023 или 2022/2023.")},
{COLLECTED, FIELD_YEAR, false, "year", "year-учебный год|год|учебный год", N_("Год работы: 2021 или 2020/2021.")},
{RESULTS | PUPILS, FIELD_PROCEDURE, false, "procedure", "процедура|код процедуры|экзамен|работа|оценочная процедура",
    N_("Процедура: vpr-math-5, oge-rus, ege-math-profile или словами («ВПР математика 5 класс»).")},
{FLAT, FIELD_SUBJECT, false, "subject", "предмет", N_("Предмет.")},
{COLLECTED, FIELD_SUBJECT, false, "subject", "код предмета*|предмет", N_("Предмет или его код: 1 — русский язык, 2 — математика.")},
{FLAT, FIELD_GRADE, false, "grade", "класс", N_("Класс.")},
{F1, FIELD_GRADE, false, "grade", "класс|номер класса", N_("Класс с литерой.")},
{COLLECTED, FIELD_GRADE, false, "grade", "класс|наименование класса|номер класса", N_("Класс с литерой.")},
{GIA, FIELD_GRADE, false, "grade", "класс|classcode", N_("Класс; «ВПЛ» — выпускник прошлых лет.")},
{GIA, FIELD_EXAM, false, "exam", "экзамен|предмет|предмет(дата экзамена)", N_("Экзамен с датой: «Математика(2026.06.02)».")},

{RESULTS | STATS | FLAT, FIELD_PARTICIPANTS, false, "participants",
    "участников|количество участников|кол-во участников|участники|всего участников|число участников|писали|сдавали",
    N_("Сколько человек писали работу.")},
{RESULTS, FIELD_FAILED, false, "failed",
    "ниже порога|не справились|не справилось|не преодолели порог|не преодолели минимальный порог|не преодолели минимального порогового значения|не сдали|получили 2|количество двоек|двоек",
    N_("Сколько из них получили «2» или не достигли порога.")},
{RESULTS, FIELD_MARK2, false, "mark2", "2|отметка 2|количество 2", N_("Сколько человек получили «2».")},
{RESULTS, FIELD_MARK3, false, "mark3", "3|отметка 3|количество 3", N_("Сколько человек получили «3».")},
{RESULTS, FIELD_MARK4, false, "mark4", "4|отметка 4|количество 4", N_("Сколько человек получили «4».")},
{RESULTS, FIELD_MARK5, false, "mark5", "5|отметка 5|количество 5", N_("Сколько человек получили «5».")},
{RESULTS, FIELD_PCT2, false, "mark2_pct", "2,%|% 2|2 %|2%|доля 2|процент 2", N_("Доля «2» в процентах; вместе с числом участников.")},
{RESULTS, FIELD_PCT3, false, "mark3_pct", "3,%|% 3|3 %|3%|доля 3|процент 3", N_("Доля «3» в процентах.")},
{RESULTS, FIELD_PCT4, false, "mark4_pct", "4,%|% 4|4 %|4%|доля 4|процент 4", N_("Доля «4» в процентах.")},
{RESULTS, FIELD_PCT5, false, "mark5_pct", "5,%|% 5|5 %|5%|доля 5|процент 5", N_("Доля «5» в процентах.")},
{STATS | MARKS, FIELD_PCT2, false, "2", "отметка 2|2,%|2 %|2%", N_("Доля «2» в процентах.")},
{STATS | MARKS, FIELD_PCT3, false, "3", "отметка 3|3,%|3 %|3%", N_("Доля «3» в процентах.")},
{STATS | MARKS, FIELD_PCT4, false, "4", "отметка 4|4,%|4 %|4%", N_("Доля «4» в процентах.")},
{STATS | MARKS, FIELD_PCT5, false, "5", "отметка 5|5,%|5 %|5%", N_("Доля «5» в процентах.")},

{PUPILS, FIELD_PUPIL, true, "code", "код участника|код ученика|код обучающегося|код|участник|номер участника",
    N_("Код ученика: только чтобы отличать одного от другого, не хранится.")},
{F1, FIELD_PUPIL, true, "pupil", "код участника|код ученика|код", N_("Код участника; не хранится.")},
{COLLECTED, FIELD_PUPIL, true, "pupil", "код|код ученика|код участника|номер обучающегося|номер ученика", N_("Код участника; не хранится.")},
{GIA, FIELD_PUPIL, true, "pupil", "код участника|код регистрации|номер регистрации|humantest*|participantcode", N_("Код участника; не хранится.")},
{PUPILS | F1 | COLLECTED, FIELD_MARK, false, "mark", "отметка|оценка|отметка за работу|отметка за впр", N_("Отметка от 2 до 5.")},
{GIA, FIELD_MARK, false, "mark", "оценка|mark5|отметка|итоговая оценка|текущие оценка|оценка после изменения", N_("Оценка от 2 до 5: решает она, а не баллы.")},
{PUPILS, FIELD_SCORE, false, "score", "балл|баллы|тестовый балл|итоговый балл|первичный балл", N_("Балл: для ЕГЭ тестовый, иначе первичный.")},
{F1, FIELD_PRIMARY, false, "primary", "первичный балл|сумма баллов", N_("Первичный балл.")},
{COLLECTED, FIELD_PRIMARY, false, "primary", "балл|баллы|первичный балл|всего баллов|сумма|sum|сумма баллов|итого", N_("Сумма первичных баллов.")},
{GIA, FIELD_SCORE, false, "score", "балл|тестовый балл|итоговый балл|текущие балл|балл по 100-балльной шкале|балл после изменения|mark100|testresult100",
    N_("Тестовый балл ЕГЭ.")},
{GIA, FIELD_PRIMARY, false, "primary", "первичный балл|primarymark|текущие первичный балл|итого первичный балл", N_("Первичный балл: сверяется с оценкой.")},
{PUPILS, FIELD_ATTEMPT, false, "attempt", "попытка|этап|период|день|вид сдачи", N_("main — основной день, reserve — резервный, retake — пересдача; пусто — основной.")},
{PUPILS, FIELD_GRADUATE, false, "graduate", "выпускник|год выпуска|категория|категория участника",
    N_("current — выпускник этого года, previous — прошлых лет (не считается); пусто — этого года.")},
{GIA, FIELD_CATEGORY, false, "category", "категория|категория участника|форма|форма гиа|форма сдачи|вид экзамена|тип участника|форма экзамена",
    N_("Выпускники прошлых лет и ГВЭ отсюда исключаются.")},
{F1 | COLLECTED, FIELD_VARIANT, false, "variant", "вариант|var-1|var|variant", N_("Вариант; «отсутствовал» — не участник.")},
{F1 | COLLECTED, FIELD_UNREAD, false, "journal", "отметка по журналу|отметка за предыдущ*", NULL},
{F1 | COLLECTED, FIELD_UNREAD, false, "textbook", "учебник|umk|умк|пол|sex", NULL},
{GIA | PUPILS | F1 | COLLECTED, FIELD_SURNAME, true, "surname", "фамилия|surnamecell|surname", NULL},
{GIA | PUPILS | F1 | COLLECTED, FIELD_FIRST_NAME, true, "first_name", "имя|namecell|firstname", NULL},
{GIA | PUPILS | F1 | COLLECTED, FIELD_PATRONYMIC, true, "patronymic", "отчество|secondnamecell|secondname|patronymic", NULL},
{GIA | PUPILS | F1 | COLLECTED, FIELD_FULL_NAME, true, "full_name", "фио|фио*|ф.и.о|ф.и.о*|фамилия имя отчество|фамилия,имя,отчество", NULL},
{GIA | PUPILS, FIELD_SERIES, true, "series", "серия|documentseriescode|серия документа|серия паспорта|документ серия", NULL},
{GIA | PUPILS, FIELD_NUMBER, true, "number", "номер|documentnumbercode|номер документа|номер паспорта|документ номер", NULL},
{GIA | PUPILS, FIELD_DOCUMENT, true, "document", "документ|паспорт|серия и номер документа|серия,номер", NULL},
{GIA | PUPILS | F1 | COLLECTED, FIELD_PRIVATE, true, "private", "дата рождения|снилс|телефон|адрес|birthday|email", NULL},
{GIA, FIELD_APPEAL, false, "appeal", "тип апелляции/перепроверки|тип апелляции|апелляция*|вид апелляции|тип апелляции*", N_("Апелляция или перепроверка.")},
{GIA, FIELD_BEFORE, false, "before", "балл до изменения|оценка до изменения|до изменения балл|до изменения оценка|до изменения|балл до апелляции|оценка до апелляции",
    N_("Балл или оценка до апелляции.")},
{GIA, FIELD_UNREAD, false, "appeal_state", "состояние|дата отправки на обработку|дата изменений|разница|до изменения первичный балл|первичный балл до изменения", NULL},
{GIA | F1 | COLLECTED | FLAT | SCHOOLS | BY_SCHOOL, FIELD_ORDINAL, false, "ordinal", "№|№ п/п|n|n п/п|no|номер п/п|п/п", NULL},
{GIA, FIELD_PLACE, false, "place", "код ппэ|ппэ|аудитория|stationcode|auditoriumcode", NULL},
{GIA, FIELD_ANSWERS, false, "answers",
    "задания с кратким ответом*|задания с развернутым ответом*|задания с развернутым*|задания с кратким*|testresult*|governmentcell|устная часть|процент выполнения|минимальный балл", NULL},

{SCHOOLS, FIELD_KIND, false, "kind", "вид|тип|вид школы|тип школы|уровень|вид организации|тип оо|вид оо",
    N_("nosh, oosh, sosh, gymnasium, lyceum, correctional или evening (или словами).")},
{SCHOOLS, FIELD_LOCALITY, false, "locality", "местность|тип местности|где расположена образовательная организация?|расположение",
    N_("urban — город, rural — село.")},
{SCHOOLS, FIELD_SMALL, false, "small", "малокомплектная|малокомплектность", N_("yes — малокомплектная, no — нет.")},
{SCHOOLS, FIELD_LOGINS, false, "logins", "логины|логин|логины фис око|логин фис око|логин оо", N_("Логины ФИС ОКО через пробел.")},
{OBSERVED, FIELD_YEAR, false, "period", "период|учебный год|год", N_("Учебный год: 2023/2024.")},
{OBSERVED, FIELD_ELEMENT, false, "element", "показатель|код показателя|элемент", N_("Код показателя таблицы рисков, например teachers-overloaded, или его название.")},
{OBSERVED, FIELD_VALUE, false, "value", "значение", N_("Число, yes, no или пусто (нет данных).")},
{OBSERVED, FIELD_DATE, false, "date", "дата|на дату", N_("На какую дату.")},
{OBSERVED, FIELD_SOURCE, false, "source", "источник|источник данных", N_("Откуда: ОО-1, КИАСУО, отчёт школы.")},
{OFFICIAL, FIELD_KIND, false, "kind", "вид|категория|статус|группа|перечень", N_("shnor, risk или shnsu (или словами).")},
{OFFICIAL, FIELD_BASIS, false, "basis", "основание|основание включения|причина|реквизиты приказа|приказ", N_("Основание: приказ, его номер и дата.")},
{OFFICIAL, FIELD_ORDER_NUMBER, false, "order_number", "номер приказа|№ приказа", N_("Номер приказа.")},
{OFFICIAL, FIELD_ORDER_DATE, false, "order_date", "дата приказа", N_("Дата приказа.")},
{BIAS, FIELD_MARKERS, false, "markers", "количество маркеров|кол-во маркеров|число маркеров", N_("Сколько маркеров всего: сверяется с суммой.")},
{STATS | SCORES | RESULTS, FIELD_UNREAD, false, "other",
    "кол-во оо|количество оо|средний балл|% успеваемости|% качества|успеваемость|качество|качество знаний|успеваемость,%|качество,%|средняя отметка", NULL},
};

/* clang-format on */

const struct recognise_column *
recognise_columns(size_t *ret_n)
{
	*ret_n = COUNT_OF(columns);
	return columns;
}

/* key is one of the '|'-separated patterns; "*" ends a beginning. */
static bool
one_of(struct str patterns, struct str key)
{
	struct str p;

	while (str_split(&patterns, '|', &p)) {
		if (p.n && p.p[p.n - 1] == '*') {
			if (str_starts(key, str_cut(p, 0, p.n - 1)))
				return true;
		} else if (str_eq(p, key)) {
			return true;
		}
	}
	return false;
}

bool
column_matches(const struct recognise_column *c, struct str key)
{
	return str_eq(str_of(c->name), key) || one_of(str_of(c->synonyms), key);
}

const char *
field_name(enum file_kind kind, enum field field)
{
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (columns[i].field == field &&
		    (columns[i].kinds & KIND_BIT(kind)))
			return columns[i].name;
	return "";
}
