//! L5: the exposure decision beside Cedar's, an engine by others: the same answers on as many drawn requests as wished, and
//! what one decision takes on each side.
//!
//! The rule: Cedar gets the matrix and the relations in its own language and is told no answer of ours; a request that both
//! answer differently ends the run. Viewers, facts, Cedar's requests and entities are made before the clock runs, for both.
//! Deliberately absent: layers that lower a view, reveals, edits and exports; the exposure alone is compared.

mod draw;
mod words;

use crate::{
    Outcome,
    report::{Figure, median, write},
};
use cedar_policy::{Authorizer, Decision, PolicySet};
use contract::rights::Exposure;
use draw::{Draw, Matrix, Question};
use guard::Policy;
use std::{hint::black_box, path::PathBuf, time::Instant};
use words::Asked;

/// How many requests, and where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Cedar {
    /// How many requests in all.
    #[arg(long, default_value_t = 1_000_000)]
    requests: usize,
    /// How many matrices they are spread over.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    matrices: u64,
    /// What the draws begin with: the same seed asks the same.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
}

/// How many requests are made ready before both sides are timed on them.
const BATCH: usize = 500;

/// What the run has gathered.
#[derive(Default)]
struct Gathered {
    ours: Vec<f64>,
    cedars: Vec<f64>,
    answers: [usize; 3],
    policies: usize,
}

impl Cedar {
    pub(crate) fn run(self) -> Outcome<()> {
        let mut gathered = Gathered::default();
        let mut left = self.requests;
        for number in 0..self.matrices {
            let mut draw = Draw::new(self.seed, number);
            let matrix = Matrix::drawn(&mut draw, number);
            let policy = matrix.rules().compile(1);
            let policies: PolicySet = words::policies(&matrix).parse()?;
            gathered.policies += policies.num_of_policies();
            let mut here = left / (self.matrices - number) as usize;
            left -= here;
            while here > 0 {
                let questions: Vec<Question> = (0..here.min(BATCH)).map(|_| Question::drawn(&mut draw)).collect();
                here -= questions.len();
                let Some(question) = batch(&questions, &policy, &policies, &mut gathered)? else { continue };
                eprintln!("  seed {}, matrix {number} of {}, of {} requests", self.seed, self.matrices, self.requests);
                eprintln!("  {question:?}");
                for cell in matrix.cells.iter().filter(|cell| cell.field == question.field && question.viewer.has_role(cell.role)) {
                    eprintln!("  {cell:?}, {:?}", policy.scope(cell.role));
                }
                return Err("ours and Cedar answer differently".into());
            }
        }
        let figures = figures(&gathered);
        for figure in &figures {
            eprintln!("  {:<52} {:>12.1} {}", figure.what, figure.value, figure.unit);
        }
        write(&self.out, "cedar.json", &figures)
    }
}

/// Asks both; gives back the first question that they answer differently.
fn batch<'a>(questions: &'a [Question], policy: &Policy, policies: &PolicySet, gathered: &mut Gathered) -> Outcome<Option<&'a Question>> {
    let asked: Vec<Asked> = questions.iter().map(Asked::of).collect::<Outcome<_>>()?;

    let mut ours = Vec::with_capacity(questions.len());
    let begun = Instant::now();
    for Question { viewer, facts, field } in questions {
        ours.push(policy.exposure(black_box(viewer), black_box(facts.as_ref()), black_box(*field)));
    }
    gathered.ours.push(begun.elapsed().as_nanos() as f64 / questions.len() as f64);

    let authorizer = Authorizer::new();
    let mut cedars = Vec::with_capacity(questions.len());
    let (begun, mut decisions) = (Instant::now(), 0_u32);
    for Asked { clear, masked, entities } in &asked {
        // One exposure is one decision of Cedar's or two: whether it may be clear and, if not, whether it may be masked.
        let mut answer = (Exposure::Withheld, true);
        for (request, form) in [(clear, Exposure::Clear), (masked, Exposure::Masked)] {
            let response = authorizer.is_authorized(black_box(request), policies, black_box(entities));
            decisions += 1;
            answer.1 &= response.diagnostics().errors().next().is_none();
            if response.decision() == Decision::Allow {
                answer.0 = form;
                break;
            }
        }
        cedars.push(answer);
    }
    gathered.cedars.push(begun.elapsed().as_nanos() as f64 / f64::from(decisions));

    for (question, (ours, (cedars, evaluated))) in questions.iter().zip(ours.into_iter().zip(cedars)) {
        gathered.answers[ours as usize] += 1;
        if !evaluated {
            // A condition that fails counts as none: the comparison would say less than it seems to.
            return Err(format!("Cedar could not evaluate a condition for {question:?}").into());
        }
        if ours != cedars {
            eprintln!("  ours {ours:?}, Cedar {cedars:?}");
            return Ok(Some(question));
        }
    }
    Ok(None)
}

fn figures(gathered: &Gathered) -> Vec<Figure> {
    let all: usize = gathered.answers.iter().sum();
    let share = |form: Exposure| 100.0 * gathered.answers[form as usize] as f64 / all as f64;
    vec![
        Figure::new("requests that Cedar answers as we do", all as f64, ""),
        Figure::new("of them withheld", share(Exposure::Withheld), "%"),
        Figure::new("of them masked", share(Exposure::Masked), "%"),
        Figure::new("of them clear", share(Exposure::Clear), "%"),
        Figure::new("Cedar, policies of all matrices", gathered.policies as f64, ""),
        Figure::new("Cedar, one decision", median(&gathered.cedars), "ns"),
        Figure::new("ours beside Cedar, relation to the record included", median(&gathered.ours), "ns"),
    ]
}
