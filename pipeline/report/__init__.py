"""What people read and machines load: the review page, the published files, the exports."""
