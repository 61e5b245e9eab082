with states as (select * from {{ ref('int_corrections__states') }}),

final as (

    select citation_id, corrected_number
    from states
    where correction_state = 'applies'

)

select * from final
