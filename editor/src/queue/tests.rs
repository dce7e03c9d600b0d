use domain::patch::Value;
use domain::text::Lang;
use domain::time::LocalDateTime;

use super::*;
use crate::wanted::tests::station;

#[expect(clippy::unnecessary_wraps, reason = "as a change has it")]
fn hours(text: &str) -> Option<Value> {
    Some(Value::Hours(text.into()))
}

fn change(name: u8, ops: Vec<Op>) -> Entry {
    let at = LocalDateTime::parse("2026-11-23T10:30").unwrap();
    let patch = Patch::new(Uuid([name; 16]), station().id, 3, ops, Some("王姐".into()), at).unwrap();
    Entry::new(patch, State::ToMerge).unwrap()
}

fn hours_change(name: u8, from: &str, to: &str) -> Entry {
    change(name, vec![Op { field: Field::Hours, before: hours(from), after: hours(to) }])
}

fn queue(entries: &[Entry]) -> Queue {
    Queue { entries: entries.to_vec(), unread: Vec::new() }
}

fn with_hours(text: &str) -> Station {
    let mut station = Some(station());
    station.put_hours(text);
    station.unwrap()
}

trait PutHours {
    fn put_hours(&mut self, text: &str);
}

impl PutHours for Option<Station> {
    fn put_hours(&mut self, text: &str) {
        use domain::patch::Record as _;
        self.put(&Field::Hours, hours(text).as_ref());
    }
}

#[track_caller]
fn check(queue: &mut Queue, published: &Station, seq: u64, expected: &[State]) {
    queue.look_at(published, seq);
    let states: Vec<State> = queue.entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, expected);
}

#[test]
fn what_is_kept_comes_back_and_nothing_is_lost() {
    let mut one = hours_change(1, "24小时", "08:00-18:00");
    one.said = Some(("不行\t\\".into(), "no\n".into()));
    one.rebased = Some(one.patch.clone());
    (one.state, one.tries) = (State::Conflict, 7);
    let queue = queue(&[one, hours_change(2, "08:00-18:00", "y")]);
    let text = queue.to_text() + "a line of a newer page\n";
    let again = Queue::from_text(&text);
    assert_eq!(again.entries, queue.entries);
    assert_eq!(again.to_text(), text);
    assert_eq!(Queue::from_text(""), Queue::default());
}

#[test]
fn a_merged_change_is_live_and_one_that_waits_is_not() {
    let mut all = queue(&[hours_change(1, "24小时", "08:00-18:00")]);
    check(&mut all, &station(), 3, &[State::ToMerge]);
    check(&mut all, &station(), 9, &[State::ToMerge]);
    check(&mut all, &with_hours("08:00-18:00"), 10, &[State::Live]);
}

#[test]
fn a_chain_is_judged_by_its_end() {
    let chain = [hours_change(1, "24小时", "08:00-18:00"), hours_change(2, "08:00-18:00", "09:00-18:00")];
    check(&mut queue(&chain), &station(), 9, &[State::ToMerge, State::ToMerge]);
    check(&mut queue(&chain), &with_hours("08:00-18:00"), 9, &[State::Live, State::ToMerge]);
    check(&mut queue(&chain), &with_hours("09:00-18:00"), 9, &[State::Live, State::Live]);
    assert_eq!(queue(&chain).ahead(&station(), 3).unwrap().hours.unwrap().text(), "09:00-18:00");
}

/// Staff may still merge the first one out of the chat: nothing is said to be live that is not.
#[test]
fn what_was_taken_back_before_it_was_merged_is_not_live() {
    let both = [hours_change(1, "24小时", "08:00-18:00"), hours_change(2, "08:00-18:00", "24小时")];
    check(&mut queue(&both), &station(), 9, &[State::ToMerge, State::ToMerge]);
    check(&mut queue(&both), &with_hours("08:00-18:00"), 9, &[State::Live, State::ToMerge]);
    let mut all = queue(&both);
    check(&mut all, &with_hours("08:00-18:00"), 9, &[State::Live, State::ToMerge]);
    check(&mut all, &station(), 10, &[State::Live, State::Live]);
}

#[test]
fn somebody_elses_word_is_a_conflict_that_keeps_both() {
    let mut all = queue(&[hours_change(1, "24小时", "08:00-18:00")]);
    // The edition that the host looked at says nothing of what came later.
    check(&mut all, &with_hours("07:00-18:00"), 3, &[State::ToMerge]);
    check(&mut all, &with_hours("07:00-18:00"), 4, &[State::Conflict]);
    let entry = &all.entries[0];
    let rebased = entry.rebased.as_ref().unwrap();
    assert_eq!(
        (&rebased.ops()[0].before, &rebased.ops()[0].after),
        (&hours("07:00-18:00"), &hours("08:00-18:00"))
    );
    assert_eq!(disputed(entry), [0]);
    // A conflict waits for the host, whatever comes.
    check(&mut all, &with_hours("08:00-18:00"), 5, &[State::Conflict]);
}

#[test]
fn a_change_of_two_fields_is_live_when_both_are() {
    let name = Op {
        field: Field::Name,
        before: Some(Value::Text(station().name)),
        after: Some(Value::Text(domain::text::Text::zh("新驿站"))),
    };
    let ops = vec![Op { field: Field::Hours, before: hours("24小时"), after: hours("08:00-18:00") }, name];
    let mut all = queue(&[change(1, ops)]);
    let mut half = with_hours("08:00-18:00");
    check(&mut all, &half, 9, &[State::ToMerge]);
    half.name = domain::text::Text::zh("新驿站");
    check(&mut all, &half, 10, &[State::Live]);
    assert_eq!(half.name.get(Lang::Zh), "新驿站");
}

#[test]
fn only_so_many_settled_changes_are_remembered_and_every_open_one() {
    let mut all = Queue::default();
    all.push(hours_change(200, "24小时", "x"));
    for name in 0..50 {
        let mut entry = hours_change(name, "24小时", "08:00-18:00");
        entry.state = State::Live;
        all.push(entry);
    }
    assert_eq!(all.entries.len(), 21);
    assert_eq!(all.entries[0].state, State::ToMerge);
    assert_eq!(all.entries[20].patch.uuid(), Uuid([49; 16]));
}

#[test]
fn what_the_server_took_shows_until_a_later_edition_does() {
    let mut taken = hours_change(1, "24小时", "08:00-18:00");
    taken.state = State::Live;
    let queue = queue(&[taken]);
    let seen = |seq| queue.ahead(&station(), seq).unwrap().hours.unwrap().text().to_owned();
    assert_eq!(seen(3), "08:00-18:00");
    // Somebody has put the old hours back since.
    assert_eq!(seen(4), "24小时");
}
