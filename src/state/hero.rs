//! What stands at the head of the sheet: the one thing a rider came for.

use domain::catalogue::Hit;

/// The head of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hero {
    /// It is not known where the rider is: ask.
    Ask,
    /// The nearest open station.
    Open(Hit),
    /// None that is asked for is known to be open; this is the nearest.
    NoneOpen(Hit),
    /// What is nearest is not known yet: it is being loaded.
    Seeking,
    /// Nothing is found.
    Nothing,
}

/// The head of the sheet for a ranked list; `placed` says whether it is known where the rider is, `seeking` whether more
/// is being loaded.
pub fn hero(hits: &[Hit], placed: bool, seeking: bool) -> Hero {
    if hits.is_empty() && seeking {
        return Hero::Seeking;
    }
    if !placed {
        return if hits.is_empty() { Hero::Nothing } else { Hero::Ask };
    }
    let open = hits.iter().find(|hit| hit.metres.is_some() && hit.status.is_open() == Some(true));
    match (open, hits.first()) {
        (Some(hit), _) => Hero::Open(*hit),
        // The next ones may be open.
        (None, Some(_)) if seeking => Hero::Seeking,
        (None, Some(hit)) => Hero::NoneOpen(*hit),
        (None, None) => Hero::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use domain::search::Match;
    use domain::status::Status;

    use super::*;

    const fn hit(index: u32, metres: Option<f64>, status: Status) -> Hit {
        Hit { index, metres, status, found: Match::Named }
    }

    const CLOSED: Status = Status::Closed { opens: None };

    #[test]
    fn the_first_open_one_with_a_place_wins() {
        let near = hit(1, Some(10.0), CLOSED);
        let open = hit(2, Some(20.0), Status::OpenAlways);
        let nowhere = hit(3, None, Status::OpenAlways);
        for seeking in [false, true] {
            assert_eq!(hero(&[near, open, nowhere], true, seeking), Hero::Open(open));
            assert_eq!(hero(&[near, open], false, seeking), Hero::Ask);
        }
        assert_eq!(hero(&[near, nowhere], true, false), Hero::NoneOpen(near));
        assert_eq!(hero(&[], true, false), Hero::Nothing);
        assert_eq!(hero(&[], false, false), Hero::Nothing);
        // While more is on its way nothing is said of what there is not.
        assert_eq!(hero(&[near, nowhere], true, true), Hero::Seeking);
        assert_eq!(hero(&[], true, true), Hero::Seeking);
        assert_eq!(hero(&[], false, true), Hero::Seeking);
    }
}
