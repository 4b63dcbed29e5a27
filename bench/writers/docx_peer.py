"""The road map of write_one.c ("docx 200") by python-docx."""
import io
import sys

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell

HEADS = ['№ п/п', 'Мероприятие', 'Срок', 'Ответственные',
         'Ожидаемый результат', 'Школ']
WORDS = [
    ['до 15.10.2026', 'октябрь 2026 г.', 'ежеквартально',
     'в течение учебного года', 'март – май 2027 г.'],
    ['Управление образования', 'методический центр, руководители школ',
     'кураторы школ', 'школьные команды'],
    ['приказ, протокол заседания', 'индивидуальные маршруты учителей',
     'аналитическая справка с рекомендациями'],
]


def mark(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def main(rows):
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    style = document.styles['Normal']
    style.font.name, style.font.size = 'Times New Roman', Pt(12)
    document.add_heading('Дорожная карта адресной помощи школам', 1)
    table = document.add_table(rows=rows + 1, cols=len(HEADS),
                               style='Table Grid')
    for cell, title in zip(table.rows[0].cells, HEADS):
        cell.text = title
    mark(table.rows[0], 'w:tblHeader')
    # Cells are taken from the row's own elements: the public row.cells walks
    # the whole table each time and would cost ten times as much.
    for i, row in enumerate(list(table.rows)[1:]):
        mark(row, 'w:cantSplit')
        texts = [f'{i // 25 + 1}.{i % 25 + 1}',
                 'Провести диагностику учебных затруднений в целях повышения '
                 f'качества подготовки выпускников (этап {i % 9 + 1})',
                 *(w[i % len(w)] for w in WORDS), str(i * 13 % 24 + 1)]
        for tc, text in zip(row._tr.tc_lst, texts):
            _Cell(tc, table).text = text
    out = io.BytesIO()
    document.save(out)
    sys.stdout.buffer.write(out.getvalue())


main(int(sys.argv[1]))
