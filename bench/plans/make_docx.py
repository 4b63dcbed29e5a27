"""A road map of so many rows as Word would have it, to standard output."""
import io
import sys

import docx
from docx.table import _Cell

HEADS = ['№', 'Мероприятие', 'Сроки', 'Ответственные', 'Результат']
WHEN = ['до 15 октября', 'ноябрь', '1 раз в четверть', 'февраль – март',
        'в течение учебного года', 'до 25 числа каждого месяца']
WHO = ['Управление образования', 'руководители ОО, методисты',
       'МБУ «Методцентр» (РМО учителей математики)', 'кураторы школ']


def main(rows):
    document = docx.Document()
    document.add_paragraph(
        'Дорожная карта поддержки школ на 2026/2027 учебный год')
    table = document.add_table(rows=rows + 1, cols=len(HEADS),
                               style='Table Grid')
    for i, row in enumerate(table.rows):
        texts = HEADS if i == 0 else [
            f'{(i - 1) // 20 + 1}.{(i - 1) % 20 + 1}.',
            'Провести диагностику учебных затруднений и составить планы '
            f'работы с учителями (этап {i})', WHEN[i % len(WHEN)],
            WHO[i % len(WHO)], f'справка № {i} с рекомендациями']
        for tc, text in zip(row._tr.tc_lst, texts):
            _Cell(tc, table).text = text
    out = io.BytesIO()
    document.save(out)
    sys.stdout.buffer.write(out.getvalue())


main(int(sys.argv[1]))
