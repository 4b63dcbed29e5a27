/*
 * csv.h - finding separators and newlines many bytes at a time.
 */
#pragma once

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bit i of the result: byte i of the 64 at p is a or b.  Any machine. */
static inline uint64_t
csv_signs_plain(const char *p, char a, char b)
{
	uint64_t found = 0;

	for (int i = 0; i < 64; i++)
		found |= (uint64_t)(p[i] == a || p[i] == b) << i;
	return found;
}

#ifdef __SSE2__

static inline uint64_t
csv_signs(const char *p, char a, char b)
{
	const __m128i as = _mm_set1_epi8(a), bs = _mm_set1_epi8(b);
	uint64_t found = 0;

	for (int i = 0; i < 64; i += 16) {
		__m128i bytes =
		    _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i hit = _mm_or_si128(
		    _mm_cmpeq_epi8(bytes, as), _mm_cmpeq_epi8(bytes, bs));
		found |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << i;
	}
	return found;
}

#else

static inline uint64_t
csv_signs(const char *p, char a, char b)
{
	return csv_signs_plain(p, a, b);
}

#endif
