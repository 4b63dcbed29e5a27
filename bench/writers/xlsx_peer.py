"""The list of results of write_one.c ("xlsx 50000") by openpyxl, streaming."""
import datetime
import io
import sys

import openpyxl

book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet('Результаты')
sheet.append(['Школа', 'Код', 'Год', 'Процедура', 'Участников',
              'Не справились', '«3»', '«4»', '«5»', 'Средний балл', 'Дата',
              'Примечание'])
first = datetime.date(2026, 1, 12)
for i in range(int(sys.argv[1])):
    sheet.append([f'Школа № {i % 900 + 1}', f'{i * 37 % 1000000:06}',
                  '2025/2026', 'vpr-math-5' if i % 2 else 'oge-rus',
                  i % 97 + 3, i % 13, i % 31, i % 29, i % 11,
                  (200 + i % 300) / 100,
                  first + datetime.timedelta(days=i % 300),
                  f'загрузка {i % 60}, строка {i}'])
out = io.BytesIO()
book.save(out)
sys.stdout.buffer.write(out.getvalue())
