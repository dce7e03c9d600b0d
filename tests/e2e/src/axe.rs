//! Accessibility, as axe-core sees it.

use std::fs;

use crate::page::Page;
use crate::place;

impl Page {
    /// What axe-core finds wrong with what is seen now, one line for each element.
    ///
    /// # Panics
    /// When axe-core is not there; says how to get it.
    #[track_caller]
    pub fn axe_violations(&self) -> Vec<String> {
        let path = place::axe().unwrap_or_else(|why| panic!("{why}"));
        if self.eval("typeof axe") != "object" {
            let source =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            self.eval(&format!("{source};0"));
        }
        // Colours are wrong while they change, and what is still drawn is not yet what is judged.
        self.wait_for_rest();
        self.strings(
            "axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(rule =>
                rule.nodes.map(node => `${rule.id} (${rule.impact}) at ${node.target.join(' ')}: `
                    + `${node.failureSummary.split('\\n').slice(1).map(line => line.trim()).join('; ')} in ${node.html.slice(0, 160)}`)))",
        )
    }
}
