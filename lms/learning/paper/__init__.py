"""Study on paper: the workbook, and answers recorded from paper."""
