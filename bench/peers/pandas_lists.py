"""pandas: a file to lists.  pandas_lists.py pupils|results FILE SCHOOLS"""
import sys

import pandas as pd

job, path, schools = sys.argv[1:]
kinds = pd.read_csv(schools, usecols=['code', 'kind']).set_index('code')['kind']
if job == 'pupils':
    rows = pd.read_csv(path, dtype={'year': 'category', 'procedure': 'category',
                                    'attempt': 'category', 'graduate': 'category'})
    rows = rows[(rows['attempt'] != 'retake') & (rows['graduate'] == 'current')
                & (rows['mark'].notna() | rows['score'].notna())]
    least = rows['procedure'].map({'ege-rus': 24, 'ege-math-profile': 27}).astype('float64')
    rows['failed'] = (rows['score'] < least).where(least.notna(), rows['mark'] == 2)
    counts = rows.groupby(['school', 'year', 'procedure'], observed=True)['failed'] \
        .agg(participants='size', failed='sum').reset_index()
else:
    counts = pd.read_csv(path)
counts['year'] = counts['year'].astype(str).str[:4].astype(int)
counts['kind'] = counts['school'].map(kinds)
asked = ['vpr-math-5', 'vpr-math-6', 'vpr-rus-5', 'vpr-rus-6', 'oge-math', 'oge-rus',
         'ege-math-base', 'ege-math-profile', 'ege-rus']
ege = counts['procedure'].astype(str).str.startswith('ege-')
low = counts[~counts['kind'].isin(['nosh', 'correctional']) & counts['procedure'].isin(asked)
             & ~((counts['kind'] == 'oosh') & ege) & (counts['participants'] > 0)
             & (10 * counts['failed'] >= 3 * counts['participants'])]
low = low.groupby(['school', 'year']).size().rename('n').reset_index()
before = low.assign(year=low['year'] + 1).rename(columns={'n': 'before'})
both = low.merge(before, on=['school', 'year'], how='left')
both = both[(both['year'] >= 2021) & ((both['n'] >= 2) | both['before'].notna())]
print('\n'.join(sorted(
    f'{y + 1}/{y + 2},{s},' + ' '.join((['K1'] if n >= 2 else []) + (['K2'] if b == b else []))
    for s, y, n, b in both.itertuples(index=False))))
