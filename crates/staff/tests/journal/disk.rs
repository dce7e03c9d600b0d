//! The modelled disk as the journal uses it.

use std::io::{self, ErrorKind};

use staff::journal::files::{Files, Stat};

use crate::model::{Dice, Model, Name, Node, Write, folder};

/// Some of the bytes, where the write ends half way.
fn some(bytes: &[u8], dice: Option<&mut Dice>) -> Vec<u8> {
    match dice {
        Some(dice) => bytes[..dice.usize(bytes.len() + 1)].to_vec(),
        None => bytes.to_vec(),
    }
}

impl Files for Model {
    type Lock = ();

    fn lock(&self) -> io::Result<()> {
        Ok(())
    }

    fn stat(&self, path: &str) -> io::Result<Option<Stat>> {
        let inner = self.0.borrow();
        let found = inner.now.get(path);
        Ok(found.map(|&node| Stat {
            len: inner.nodes[node].now.len() as u64,
            id: node as u64,
            modified: u128::from(inner.nodes[node].since.len() as u64),
        }))
    }

    fn read(&self, path: &str, from: u64) -> io::Result<Vec<u8>> {
        let inner = self.0.borrow();
        let bytes = &inner.nodes[inner.node(path)?].now;
        Ok(bytes[usize::try_from(from).unwrap().min(bytes.len())..].to_vec())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(|inner, dice| {
            if !inner.folders_now.contains(&folder(path)) {
                return Err(ErrorKind::NotFound.into());
            }
            let node = if let Ok(node) = inner.node(path) {
                node
            } else {
                inner.nodes.push(Node::default());
                let node = inner.nodes.len() - 1;
                inner.now.insert(path.to_owned(), node);
                inner.since.push((folder(path), Name::Is(path.to_owned(), node)));
                node
            };
            inner.put(node, Write::Replace(some(bytes, dice)));
            Ok(())
        })
    }

    fn append(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.change(|inner, dice| {
            let node = inner.node(path)?;
            inner.put(node, Write::Append(some(bytes, dice)));
            Ok(())
        })
    }

    fn cut(&self, path: &str, len: u64) -> io::Result<()> {
        self.change(|inner, dice| {
            let node = inner.node(path)?;
            if dice.is_none() {
                inner.put(node, Write::Cut(len));
            }
            Ok(())
        })
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        self.change(|inner, dice| {
            let node = inner.node(path)?;
            if dice.is_none() {
                let node = &mut inner.nodes[node];
                (node.durable, node.since) = (node.now.clone(), Vec::new());
            }
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(|inner, dice| {
            let node = inner.node(from)?;
            if dice.is_none_or(|dice| dice.below(2) == 0) {
                inner.now.remove(from);
                inner.now.insert(to.to_owned(), node);
                inner.since.push((folder(to), Name::Moved(from.to_owned(), to.to_owned(), node)));
            }
            Ok(())
        })
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.change(|inner, dice| {
            if dice.is_none() && inner.now.remove(path).is_some() {
                inner.since.push((folder(path), Name::Gone(path.to_owned())));
            }
            Ok(())
        })
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        self.change(|inner, dice| {
            if dice.is_none() && inner.folders_now.insert(path.to_owned()) {
                inner.since.push((folder(path), Name::Folder(path.to_owned())));
            }
            Ok(())
        })
    }

    fn sync_folder(&self, path: &str) -> io::Result<()> {
        self.change(|inner, dice| {
            if dice.is_some() {
                return Ok(());
            }
            let (own, rest) = std::mem::take(&mut inner.since).into_iter().partition(|(at, _)| at == path);
            inner.since = rest;
            let own: Vec<(String, Name)> = own;
            for (_, name) in own {
                inner.keep(name);
            }
            Ok(())
        })
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let inner = self.0.borrow();
        let own = inner.now.keys().filter(|one| folder(one) == path);
        Ok(own.map(|one| one.rsplit('/').next().unwrap().to_owned()).collect())
    }
}
