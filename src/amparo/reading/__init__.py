"""Bytes → Text: plain text, web pages, mail, PDF, office papers, scans."""
