"""The list of results of write_one.c ("csv 50000") by python's own module."""
import csv
import datetime
import sys

out = csv.writer(sys.stdout, lineterminator='\n')
out.writerow(['school', 'code', 'year', 'procedure', 'participants', 'failed',
              'mark3', 'mark4', 'mark5', 'mean', 'day', 'note'])
first = datetime.date(2026, 1, 12)
for i in range(int(sys.argv[1])):
    out.writerow([f'Школа № {i % 900 + 1}', f'{i * 37 % 1000000:06}',
                  '2025/2026', 'vpr-math-5' if i % 2 else 'oge-rus',
                  i % 97 + 3, i % 13, i % 31, i % 29, i % 11,
                  (200 + i % 300) / 100,
                  first + datetime.timedelta(days=i % 300),
                  f'загрузка {i % 60}, строка {i}'])
