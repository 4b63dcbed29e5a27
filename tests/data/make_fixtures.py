#!/usr/bin/python3
"""Make the office files the tests of the readers use.

They are checked in; run this again only to change them.  Needs openpyxl,
python-docx and LibreOffice.  Schools and people are invented.
"""
import datetime
import pathlib
import subprocess
import sys

import docx
import openpyxl

HERE = pathlib.Path(__file__).parent
SHEETS = HERE / 'sheets'
PAGES = HERE / 'pages'


def convert(path, to, folder):
    subprocess.run(['soffice', '--headless', '--convert-to', to, '--outdir',
                    folder, path], check=True, stdout=subprocess.DEVNULL)


def values_book():
    """Every kind of value a cell can have, on two sheets and a hidden one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = 'Значения'
    rows = [
        ('текст', 'Вьюжинская СОШ'),
        ('целое', 111002),
        ('дробь', 18.6),
        ('сумма', 0.1 + 0.2),
        ('отрицательное', -2.5),
        ('большое', 1234567890123),
        ('процент', 0.375),
        ('дата', datetime.date(2026, 11, 24)),
        ('дата и время', datetime.datetime(2026, 11, 24, 13, 5)),
        ('время', datetime.time(13, 5)),
        ('своя дата', datetime.date(1999, 12, 31)),
        ('да', True),
        ('нет', False),
        ('код текстом', '007'),
        ('две строки', 'первая\nвторая'),
        ('знаки', '<МБОУ> & "СОШ"'),
    ]
    for row, (name, value) in enumerate(rows, 1):
        sheet.cell(row, 1, name)
        sheet.cell(row, 3, value)
    sheet['C7'].number_format = '0.0%'
    sheet['C11'].number_format = 'dd" день "mm" месяц "yyyy'
    sheet['A20'] = 'после пустых'
    sheet.merge_cells('D1:E2')
    sheet['D1'] = 'объединено'
    second = book.create_sheet('Второй лист')
    second['B2'] = 'Гимназия № 3'
    hidden = book.create_sheet('Скрытый')
    hidden.sheet_state = 'hidden'
    hidden['A1'] = 'видно и это'
    book.save(SHEETS / 'values.xlsx')
    convert(SHEETS / 'values.xlsx', 'ods', SHEETS)
    convert(SHEETS / 'values.xlsx', 'xls:MS Excel 97', SHEETS)


def formulas_book():
    """Formulas with the values LibreOffice computed for them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = 'Формулы'
    sheet['A1'] = 10
    sheet['B1'] = '=A1/4'
    sheet['C1'] = '="СОШ № "&A1'
    sheet['D1'] = '=A1>3'
    sheet['E1'] = '=A1/0'
    sheet['F1'] = '=""'
    book.save('/tmp/formulas.xlsx')
    for kind in ('xlsx', 'ods', 'xls:MS Excel 97'):
        convert('/tmp/formulas.xlsx', kind, SHEETS)


def old_days_book():
    """A workbook that counts its days from 1904."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active['A1'] = datetime.date(2026, 11, 24)
    book.save(SHEETS / 'since1904.xlsx')


def plan_document():
    """A plan with headings, lists, merged cells and page heads."""
    document = docx.Document()
    document.add_heading('План мероприятий', 1)
    document.add_paragraph('Вьюжинская СОШ, 2026/27 учебный год')
    document.add_paragraph('Цели', style='Heading 2')
    for text in ('снизить долю неуспевающих', 'обучить учителей'):
        document.add_paragraph(text, style='List Bullet')
    for text in ('Утвердить план.', 'Назначить кураторов.'):
        document.add_paragraph(text, style='List Number')
    table = document.add_table(5, 4)
    table.style = 'Table Grid'
    for column, text in enumerate(('№', 'Мероприятие', 'Срок', 'Ответственный')):
        table.cell(0, column).text = text
    table.cell(1, 0).merge(table.cell(1, 3)).text = 'Организация'
    table.cell(2, 0).text = '1.1'
    table.cell(2, 1).text = 'Совещание\nдиректоров'
    table.cell(2, 2).text = 'до 01.12.2026'
    table.cell(2, 3).merge(table.cell(3, 3)).text = 'И. О. Снегирёва'
    table.cell(3, 0).text = '1.2'
    table.cell(3, 1).merge(table.cell(3, 2)).text = 'Выезд в школу'
    inner = table.cell(4, 1).add_table(1, 2)
    inner.cell(0, 0).text = 'внутри'
    inner.cell(0, 1).text = 'таблицы'
    table.cell(4, 0).text = '1.3'
    table.cell(4, 2).text = 'май'
    document.sections[0].header.paragraphs[0].text = 'Приложение 1'
    document.add_paragraph('После таблицы.')
    document.save(PAGES / 'plan.docx')
    convert(PAGES / 'plan.docx', 'odt', PAGES)


if __name__ == '__main__':
    SHEETS.mkdir(exist_ok=True)
    PAGES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or ('values_book', 'formulas_book',
                                 'old_days_book', 'plan_document'):
        globals()[name]()
