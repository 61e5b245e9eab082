select
    published_standard_rating_id,
    document_id,
    published_rating_id,
    topic_id,
    rating_id,
    as_printed,
    source_type,
    url,
    concat(document_id, ':', published_standard_rating_id) as citation_id
from {{ raw_table('published_standard_ratings') }}
