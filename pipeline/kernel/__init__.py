"""What every room speaks of: findings and their codes, documents, tables, periods, Chinese figures."""
