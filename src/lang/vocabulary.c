/* vocabulary.c - kinds of school by their codes and titles. */
#include "lang/vocabulary.h"

const char *const school_kind_codes[KIND_COUNT] = {
    [KIND_NOSH] = "nosh",
    [KIND_OOSH] = "oosh",
    [KIND_SOSH] = "sosh",
    [KIND_GYMNASIUM] = "gymnasium",
    [KIND_LYCEUM] = "lyceum",
    [KIND_CORRECTIONAL] = "correctional",
    [KIND_EVENING] = "evening",
};

const char *const school_kind_titles[KIND_COUNT] = {
    [KIND_NOSH] = N_("начальная школа"),
    [KIND_OOSH] = N_("основная школа"),
    [KIND_SOSH] = N_("средняя школа"),
    [KIND_GYMNASIUM] = N_("гимназия"),
    [KIND_LYCEUM] = N_("лицей"),
    [KIND_CORRECTIONAL] = N_("коррекционная школа"),
    [KIND_EVENING] = N_("вечерняя школа"),
};

bool
school_kind_parse(struct str code, enum school_kind *ret)
{
	for (int k = 0; k < KIND_COUNT; k++)
		if (str_eq(code, str_of(school_kind_codes[k]))) {
			*ret = (enum school_kind)k;
			return true;
		}
	return false;
}
