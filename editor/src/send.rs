//! Bringing the changes to the server, where there is one, and finding out what became of them.
//!
//! One thing at a time, in order, each change kept before it is sent and named by its uuid, so that one that arrives twice
//! counts once. Whatever goes wrong, it stays on the phone, and is sent again when the network is back, when the page is
//! looked at again, and every so often.

use std::rc::Rc;

use domain::patch::{Code, Patch, Uuid};
use domain::station::StationId;
use love_stations::data::{self, Latest, LoadError, View, World};
use love_stations::edge::clock;
use love_stations::edge::json::Json;
use love_stations::edge::net::{Call, Reply, call};

use crate::actions::{change_queue, show};
use crate::queue::State;
use crate::state::{Denied, Editor, Me, Shown};

/// Longest wait for an answer of the API.
const PATIENCE_MS: u32 = 20_000;
/// How long to wait where the server does not say how long, in seconds.
const PAUSE: u32 = 30;

/// Looks for a newer edition, sends what waits, asks what became of the rest; again as long as more came meanwhile.
pub async fn sync(editor: Rc<Editor>) {
    if editor.busy.replace(true) {
        editor.again.set(true);
        return;
    }
    loop {
        editor.again.set(false);
        refresh(&editor).await;
        if let Some(id) = &editor.id {
            if editor.with(Shown::has_api) && clock::unix_seconds() >= editor.not_before.get() {
                talk(&editor, id).await;
            }
            settle(&editor, id);
        }
        show(&editor);
        if !editor.again.get() {
            break;
        }
    }
    editor.busy.set(false);
}

/// Takes a newer edition of the data, if there is one.
async fn refresh(editor: &Editor) {
    let world = editor.with(|shown| shown.world.clone());
    let station = editor.id.as_ref().map(|id| id.as_str().to_owned());
    let view = View { from: None, station: station.clone() };
    let latest = data::latest(world.as_deref(), &view).await;
    let newest = match latest {
        Ok(Latest::New(world, _)) => {
            let world = Rc::new(*world);
            known(Some(Rc::clone(&world)), station).await.map(|found| found.or(Some(world)))
        }
        Ok(Latest::Unchanged | Latest::Older) => known(world, station).await,
        Err(error) => Err(error),
    };
    editor.update(|shown| match newest {
        Ok(newest) => {
            shown.world = newest.or_else(|| shown.world.take());
            shown.failed = None;
        }
        Err(error) => shown.failed = Some(error),
    });
}

/// What this phone keeps, with the station that is edited: riders keep what is near them.
async fn known(world: Option<Rc<World>>, id: Option<String>) -> Result<Option<Rc<World>>, LoadError> {
    let (Some(world), Some(id)) = (world, id) else { return Ok(None) };
    if world.catalogue.find(&id).is_some() || world.absent.as_ref() == Some(&id) {
        return Ok(None);
    }
    let mut world = World::clone(&world);
    data::find(&mut world, &id).await?;
    Ok(Some(Rc::new(world)))
}

/// What the edition that is shown says of the changes that wait for staff.
pub fn settle(editor: &Editor, id: &StationId) {
    let seen = editor.with(|shown| {
        let seq = shown.world.as_ref()?.index.seq;
        Some((shown.published(id)?.clone(), seq))
    });
    if let Some((station, seq)) = seen
        && editor.with(|shown| shown.queue.clone().look_at(&station, seq))
    {
        change_queue(editor, |queue| {
            queue.look_at(&station, seq);
        });
    }
}

async fn talk(editor: &Editor, id: &StationId) {
    let key = editor.with(|shown| shown.key.clone().filter(|_| shown.denied.is_none()));
    let Some(key) = key else { return };
    if editor.with(|shown| shown.me.is_none()) && !greet(editor, id, &key).await {
        return;
    }
    loop {
        let next = editor.with(|shown| {
            let waits = |state| matches!(state, State::Waiting | State::ToMerge);
            let first = shown.queue.entries.iter().find(|entry| waits(entry.state));
            // What the phone did not keep is not sent behind the host's back.
            first
                .filter(|_| !shown.unkept || shown.send_unkept)
                .map(|entry| (entry.patch.clone(), entry.code.clone()))
        });
        let Some((patch, code)) = next else { break };
        if !send(editor, id, &key, &patch, &code).await {
            return;
        }
    }
    ask(editor, &key).await;
}

/// Asks whose link this is. Whether it is one that may be used here.
async fn greet(editor: &Editor, id: &StationId, key: &str) -> bool {
    let Some(reply) = question(editor, key, "GET", "/api/me", &[], None).await else { return false };
    let json = Json::parse(&reply.text);
    let word = |name: &str| json.as_ref().and_then(|json| json.get(name)).and_then(|value| value.text());
    if reply.status != 200 {
        return false;
    }
    let is_ours = word("station").as_deref() == Some(id.as_str());
    editor.update(|shown| {
        shown.denied = (!is_ours).then_some(Denied::Other);
        let me = Me { name: word("name").unwrap_or_default(), until: word("until").unwrap_or_default() };
        if shown.by.is_empty() {
            shown.by.clone_from(&me.name);
        }
        shown.me = is_ours.then_some(me);
    });
    is_ours
}

/// Sends one change; whether the next may follow.
async fn send(editor: &Editor, id: &StationId, key: &str, patch: &Patch, code: &str) -> bool {
    send_kept(editor, id, key, patch, code)
        .await
        .is_some_and(|()| editor.with(|shown| shown.denied.is_none()))
}

async fn send_kept(editor: &Editor, id: &StationId, key: &str, patch: &Patch, code: &str) -> Option<()> {
    let uuid = patch.uuid();
    // It may arrive without our hearing of it: from here on it can only be taken back, not forgotten.
    change_queue(editor, |queue| {
        if let Some(entry) = queue.get_mut(uuid) {
            entry.tries = entry.tries.saturating_add(1);
        }
    });
    let station = ["/api/stations/", id.as_str()].concat();
    let seen = ["\"", &patch.base_rev().to_string(), "\""].concat();
    let headers = [("If-Match", seen.as_str()), ("Content-Type", "text/plain")];
    let reply = question(editor, key, "PATCH", &station, &headers, Some(code)).await?;
    let json = Json::parse(&reply.text);
    let word = |name: &str| json.as_ref().and_then(|json| json.get(name)).and_then(|value| value.text());
    let (state, rebased) = match reply.status {
        200 => (of_word(word("state").as_deref())?, None),
        // Where two things of one name stand now, nobody can say which was meant, and there is nothing to choose from.
        412 => {
            (State::Conflict, word("rebased").and_then(|code| Code::parse(&code).ok()).map(|code| code.patch))
        }
        // What the server will never take.
        _ => (State::Refused, None),
    };
    let said = (state == State::Refused).then(|| (word("zh"), word("en")));
    change_queue(editor, |queue| {
        if let Some(entry) = queue.get_mut(uuid) {
            entry.state = state;
            entry.rebased = rebased;
            entry.said = said.and_then(|(zh, en)| Some((zh?, en?)));
        }
    });
    show(editor);
    Some(())
}

fn of_word(word: Option<&str>) -> Option<State> {
    match word? {
        "live" => Some(State::Live),
        "review" | "live+review" => Some(State::Review),
        "refused" => Some(State::Refused),
        "undone" => Some(State::Undone),
        _ => None,
    }
}

/// Asks what became of the changes that staff look at.
async fn ask(editor: &Editor, key: &str) {
    let open: Vec<Uuid> = editor.with(|shown| {
        let open = shown.queue.entries.iter().filter(|entry| entry.state == State::Review);
        open.map(|entry| entry.patch.uuid()).collect()
    });
    for uuid in open {
        let path = ["/api/changes/", &uuid.to_string()].concat();
        let Some(reply) = question(editor, key, "GET", &path, &[], None).await else { return };
        let state = Json::parse(&reply.text).and_then(|json| of_word(json.get("state")?.text().as_deref()));
        if let Some(state) = state.filter(|state| reply.status == 200 && *state != State::Review) {
            change_queue(editor, |queue| {
                if let Some(entry) = queue.get_mut(uuid) {
                    entry.state = state;
                }
            });
        }
    }
}

/// Takes a change of one's own back. Whether the server did; none where it could not be asked.
pub async fn undo(editor: &Editor, uuid: Uuid) -> Option<bool> {
    let key = editor.with(|shown| shown.key.clone())?;
    let path = ["/api/undo/", &uuid.to_string()].concat();
    let reply = question(editor, &key, "POST", &path, &[], None).await?;
    if reply.status == 200 {
        change_queue(editor, |queue| {
            if let Some(entry) = queue.get_mut(uuid) {
                entry.state = State::Undone;
            }
        });
    }
    Some(reply.status == 200)
}

/// Turns a short code into a key for this station.
pub async fn redeem(editor: &Editor, id: &StationId, code: &str) -> Option<String> {
    let asked = Call {
        method: "POST",
        path: "/api/code",
        headers: &[("Content-Type", "text/plain")],
        body: Some(code),
    };
    let Ok(reply) = call(&asked, PATIENCE_MS).await else {
        editor.update(|shown| shown.unsent = Some(0));
        return None;
    };
    let json = Json::parse(&reply.text).filter(|_| reply.status == 200)?;
    let station = json.get("station")?.text()?;
    if station != id.as_str() {
        editor.update(|shown| shown.denied = Some(Denied::Other));
        return None;
    }
    json.get("token")?.text()
}

/// Asks the API with the key. None, and why in what is shown, where the answer settles nothing: no network, no good key,
/// too often, no room.
async fn question(
    editor: &Editor,
    key: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Option<Reply> {
    let bearer = ["Bearer ", key].concat();
    let headers: Vec<_> = headers.iter().copied().chain([("Authorization", bearer.as_str())]).collect();
    let reply = call(&Call { method, path, headers: &headers, body }, PATIENCE_MS).await;
    let status = reply.as_ref().map_or(0, |reply| reply.status);
    let reply = reply.ok();
    // Of these the last ones say of the change itself that it is none.
    let is_settled = matches!(status, 200 | 404 | 409 | 412 | 400 | 413 | 428);
    editor.update(|shown| {
        shown.unsent = None;
        match status {
            401 => shown.denied = Some(Denied::Over),
            403 => shown.denied = Some(Denied::Other),
            other => shown.unsent = (!is_settled).then_some(other),
        }
    });
    if status == 0 || status == 429 || status >= 500 {
        let pause = reply.as_ref().and_then(|reply| reply.retry_after).unwrap_or(PAUSE);
        // A network that comes back is no reason to wait; a server that asks for it is.
        let pause = if status == 0 { 0 } else { pause.min(3_600) };
        editor.not_before.set(clock::unix_seconds() + i64::from(pause));
        return None;
    }
    reply.filter(|_| is_settled)
}
