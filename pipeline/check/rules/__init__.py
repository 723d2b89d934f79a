"""Rules: what the standard and the law demand of records, one small pure generator each."""
