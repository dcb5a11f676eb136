package fr.pennylanesync.console;

import fr.pennylanesync.console.PageWords.Tag;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.report.RunEntry;

/**
 * One run in the words of the page.
 *
 * @param company its id; empty where it is about all
 * @param href of its company's page; empty where there is none
 * @param progress how far a sync is that is under way; else empty
 */
record RunLine(String kind, String company, String href, String startedAt, String took, Tag outcome, String progress,
        String code, String records, String changed, String deleted, String requests, String differences) {

    /** Zero differences are news of an audit or a verification that came to its end. */
    private static boolean isCompared(RunEntry run) {
        return run.differences() > 0 || run.outcome().isPresent() && !run.kind().equals("sync");
    }

    static RunLine of(PageWords words, RunEntry run) {
        Texts texts = words.texts();
        String kind = texts.word("kind", run.kind())
                + (run.part().isEmpty() ? "" : " · " + texts.word("audit", run.part()));
        String company = run.alias().or(() -> run.company().map(id -> Long.toString(id)))
                .orElse(texts.get("all_companies"));
        return new RunLine(kind, company, run.alias().map(known -> "/companies/" + run.company().orElseThrow())
                .orElse(""), Texts.time(run.startedAt()), words.took(run.startedAt(), run.endedAt()),
                words.outcome(run.outcome()),
                run.streams() == 0 ? "" : texts.say("streams_done", run.streamsDone(), run.streams()),
                run.code().orElse(""), texts.number(run.records()),
                texts.some(run.changed()), texts.some(run.deleted()), texts.some(run.requests()),
                isCompared(run) ? texts.number(run.differences()) : "");
    }
}
