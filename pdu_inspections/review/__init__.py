"""Review: drafts of what a report may say, and the page on which a person accepts, corrects or rejects them."""
