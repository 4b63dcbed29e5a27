/*
 * plan_document.h - a plan on paper: the order with its clauses, the block
 * УТВЕРЖДЕН, the appendix in the municipality's own columns, the list of those
 * who answer, the sheet of acquaintance; and the same rows as a workbook.
 *
 *	struct doc *doc = plan_doc(mem, &plan, &(struct plan_print){
 *	    .parts = PRINT_ORDER | PRINT_APPENDIX, .body = place->body, …});
 *	rc = doc_write(doc, DOC_DOCX, &bytes);
 *
 * What the plan holds is printed whole: a column the set does not know is
 * added where a row has words for it, so that a printed appendix read again
 * by plan_reading.h gives the same rows, deadlines and responsibles.
 *
 * The details of an order that is not there yet are lines to be filled by
 * hand, and the first line says that this is a project.
 *
 * Pure: no clock, no database.
 *
 * BASIS: domain 6.1, 6.8; ГОСТ Р 7.0.97; features C1, C12.
 */
#pragma once

#include "core/plans/plan.h"
#include "core/plans/plan_columns.h"
#include "fmt/doc.h"
#include "fmt/table_out.h"

enum plan_print_part {
	PRINT_ORDER = 1,
	PRINT_APPENDIX = 2, /* the plan itself, with its control points */
	PRINT_PEOPLE = 4,   /* those who answer, where the plan names them */
	PRINT_SHEET = 8,    /* «С приказом ознакомлены» */
};

/* «Отметка об исполнении» of a row: "7 из 9", "исполнено 14.10.2026". */
struct plan_mark_text {
	measure_id measure;
	uint32_t done, of;
	struct str text;
};

struct plan_acquainted {
	struct str name, post, organisation;
	struct date on; /* DATE_NONE: not yet, a line to sign on */
	bool is_on_paper;
};

struct plan_print {
	unsigned parts; /* PRINT_… */
	struct str body; /* who issues: "Управление образования …" */
	struct str place;    /* a line under the requisites; may be empty */
	struct str document; /* "приказ"; the next three empty: a project */
	struct str document_number;
	struct date document_on;
	struct str signer_post, signer_name;
	struct str school; /* of a school's road map: whose; else empty */
	const struct plan_mark_text *marks; /* by measure, any order */
	size_t n_marks;
	const struct plan_acquainted *acquainted;
	size_t n_acquainted;
	struct str columns; /* codes; empty: the plan's own */
	bool a3;
	struct date made_on;
};

struct doc *plan_doc(
    struct arena *mem, const struct plan *p, const struct plan_print *how);

/* The rows with true types: dates as dates, numbers as numbers. */
NODISCARD enum rc plan_table(struct arena *mem, const struct plan *p,
    const struct plan_print *how, enum table_format format, struct buf *out);

/* Without years of its own a title gets them: "на 2026/2027 учебный год". */
struct str plan_period_text(struct arena *mem, struct day_span period);

/* ---- between the files of the printer ---- */

void plan_print_tables(struct arena *mem, struct doc *doc, const struct plan *p,
    const struct plan_print *how);
