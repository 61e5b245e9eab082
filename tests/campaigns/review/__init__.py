"""A scripted reviewer: each report read as if new, and decided on the review page as its accepted rows say."""
