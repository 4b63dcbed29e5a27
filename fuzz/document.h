/*
 * document.h - reads a text document and checks what both readers promise:
 * blocks are numbered, cells do not overlap, texts are UTF-8, a failure is
 * explained.
 */
#pragma once

#include "fmt/pages.h"

void document_read(int fd, enum pages_format format);
