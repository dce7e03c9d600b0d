//! A disk that forgets what was not synced: of each file's writes a beginning is kept, perhaps with a hole, of each folder's names
//! any that were changed since.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::rc::Rc;

/// A simple source of chance, the same for the same seed.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// The next number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }

    pub fn usize(&mut self, bound: usize) -> usize {
        usize::try_from(self.below(bound as u64)).unwrap()
    }
}

#[derive(Clone, Debug)]
pub enum Write {
    Replace(Vec<u8>),
    Append(Vec<u8>),
    Cut(u64),
}

#[derive(Clone, Debug, Default)]
pub struct Node {
    pub durable: Vec<u8>,
    pub since: Vec<Write>,
    pub now: Vec<u8>,
}

#[derive(Clone, Debug)]
pub enum Name {
    Is(String, usize),
    Gone(String),
    Moved(String, String, usize),
    Folder(String),
}

#[derive(Debug, Default)]
pub struct Inner {
    pub nodes: Vec<Node>,
    pub now: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
    pub folders_now: BTreeSet<String>,
    folders: BTreeSet<String>,
    pub since: Vec<(String, Name)>,
    steps: u64,
    crash_at: u64,
    crashed: bool,
    /// From this step on so many steps fail.
    fail: (u64, u64, Option<ErrorKind>),
    dice: Option<Dice>,
}

/// A handle of the disk.
#[derive(Clone, Debug, Default)]
pub struct Model(pub Rc<RefCell<Inner>>);

pub fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

impl Model {
    /// A disk with these files, on it for sure.
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let model = Self::default();
        let mut inner = model.0.borrow_mut();
        inner.folders.insert(String::new());
        for (path, bytes) in files {
            inner.folders.insert(folder(path));
            let node = inner.nodes.len();
            inner.nodes.push(Node { durable: bytes.to_vec(), since: Vec::new(), now: bytes.to_vec() });
            inner.durable.insert((*path).to_owned(), node);
        }
        (inner.now, inner.folders_now) = (inner.durable.clone(), inner.folders.clone());
        drop(inner);
        model
    }

    /// The power goes at this step from now.
    pub fn crash_in(&self, steps: u64, dice: &Dice) {
        let mut inner = self.0.borrow_mut();
        (inner.crash_at, inner.dice) = (inner.steps + steps, Some(dice.clone()));
    }

    /// So many steps, from this one on, fail.
    pub fn fail_in(&self, steps: u64, count: u64, kind: ErrorKind) {
        let mut inner = self.0.borrow_mut();
        inner.fail = (inner.steps + steps, inner.steps + steps + count, Some(kind));
    }

    /// Whether the power is gone.
    pub fn is_dead(&self) -> bool {
        self.0.borrow().crashed
    }

    /// The power comes back: what was not synced is there, half there, or not there.
    pub fn revive(&self, dice: &mut Dice) {
        let mut inner = self.0.borrow_mut();
        for node in &mut inner.nodes {
            let mut bytes = node.durable.clone();
            let kept = dice.usize(node.since.len() + 1);
            for (at, write) in node.since.iter().enumerate().take(kept + 1) {
                let whole = at < kept;
                match write {
                    Write::Replace(new) => {
                        bytes.clear();
                        bytes.extend(torn(new, whole, dice));
                    }
                    Write::Append(new) => bytes.extend(torn(new, whole, dice)),
                    Write::Cut(len) if whole => bytes.truncate(usize::try_from(*len).unwrap()),
                    Write::Cut(_) => {}
                }
            }
            *node = Node { durable: bytes.clone(), since: Vec::new(), now: bytes };
        }
        for (_, name) in std::mem::take(&mut inner.since) {
            if dice.below(2) == 0 {
                inner.keep(name);
            }
        }
        inner.settle();
        (inner.crashed, inner.crash_at, inner.fail) = (false, 0, (0, 0, None));
    }

    /// What is under every name.
    pub fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let inner = self.0.borrow();
        inner.now.iter().map(|(path, node)| (path.clone(), inner.nodes[*node].now.clone())).collect()
    }

    /// Somebody edits a file, as an editor does that puts a new one in place.
    pub fn edit(&self, path: &str, bytes: &[u8]) {
        let mut inner = self.0.borrow_mut();
        let node = inner.nodes.len();
        inner.nodes.push(Node { durable: bytes.to_vec(), since: Vec::new(), now: bytes.to_vec() });
        inner.now.insert(path.to_owned(), node);
        inner.durable.insert(path.to_owned(), node);
        inner.since.retain(|(_, name)| !matches!(name, Name::Is(at, _) | Name::Gone(at) | Name::Moved(_, at, _) if at == path));
    }

    pub fn change(
        &self,
        act: impl FnOnce(&mut Inner, Option<&mut Dice>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut inner = self.0.borrow_mut();
        if inner.crashed {
            return Err(io::Error::other("no power"));
        }
        inner.steps += 1;
        let mut dice = inner.dice.clone();
        if inner.steps == inner.crash_at {
            // It may have happened, or half of it.
            let _ = act(&mut inner, dice.as_mut());
            inner.crashed = true;
            return Err(io::Error::other("no power"));
        }
        let (from, to, kind) = inner.fail;
        if let Some(kind) = kind
            && (from..to).contains(&inner.steps)
        {
            let mut dice = Dice(inner.steps);
            let _ = act(&mut inner, Some(&mut dice));
            return Err(kind.into());
        }
        act(&mut inner, None)
    }
}

fn torn(bytes: &[u8], whole: bool, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if !whole {
        match dice.below(3) {
            0 => bytes.clear(),
            1 => bytes.truncate(dice.usize(bytes.len() + 1)),
            // The length came to the disk, some of the bytes did not.
            _ => {
                let from = dice.usize(bytes.len() + 1);
                let to = from + dice.usize(bytes.len() - from + 1);
                bytes[from..to].fill(0);
            }
        }
    }
    bytes
}

impl Inner {
    pub fn keep(&mut self, name: Name) {
        match name {
            Name::Is(path, node) => drop(self.durable.insert(path, node)),
            Name::Gone(path) => drop(self.durable.remove(&path)),
            Name::Moved(from, to, node) => {
                self.durable.remove(&from);
                self.durable.insert(to, node);
            }
            Name::Folder(path) => drop(self.folders.insert(path)),
        }
    }

    /// What lies in a folder that is not there is not there.
    fn settle(&mut self) {
        let folders = self.folders.clone();
        let is_there = |path: &str| {
            let mut here = folder(path);
            loop {
                if !folders.contains(&here) {
                    return false;
                }
                if here.is_empty() {
                    return true;
                }
                here = folder(&here);
            }
        };
        self.durable.retain(|path, _| is_there(path));
        self.folders = folders.iter().filter(|path| path.is_empty() || is_there(path)).cloned().collect();
        (self.now, self.folders_now) = (self.durable.clone(), self.folders.clone());
    }

    pub fn node(&self, path: &str) -> io::Result<usize> {
        self.now.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    pub fn put(&mut self, node: usize, write: Write) {
        let node = &mut self.nodes[node];
        match &write {
            Write::Replace(bytes) => node.now.clone_from(bytes),
            Write::Append(bytes) => node.now.extend_from_slice(bytes),
            Write::Cut(len) => node.now.truncate(usize::try_from(*len).unwrap()),
        }
        node.since.push(write);
    }
}
