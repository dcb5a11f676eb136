package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Guards the steps of the archive whose loss or swap would lose a file, store a wrong one, or keep a company for ever:
 * each stands where it must, and behind the one that it depends on.
 */
final class FilesInOrder implements FileRule {

    private static final List<GuardedStep> COMPANY = List.of(
            GuardedStep.bean("takeLease", "doTry", "a company's files are fetched under its lease"),
            GuardedStep.call("archive-streams", "filter", "nothing is fetched without the lease"),
            GuardedStep.bean("releaseLease", "doFinally", "a lease that is kept keeps every other process out"));

    private static final List<GuardedStep> BATCH = List.of(
            GuardedStep.bean("requireBucket", "filter", "no link is spent while the bucket is away"),
            GuardedStep.call("read-page", "filter", "a link expires: it is read fresh"),
            GuardedStep.bean("takePage", "filter", "the links are those of the records that were read"),
            GuardedStep.bean("recordMissing", "filter", "a file without a link has an outcome too"),
            GuardedStep.call("archive-file", "split", "each file of the batch is archived"),
            GuardedStep.bean("endBatch", "filter", "a failure that was kept ends the batch; the next one is taken"));

    private static final List<GuardedStep> FILE = List.of(
            GuardedStep.bean("download", "doTry", "there is nothing to store before the download"),
            GuardedStep.bean("check", "doTry", "what arrives is looked at before it is stored"),
            GuardedStep.once("#archivedFiles", "when", "the outcome of what is archived already is recorded too"),
            GuardedStep.call("archive-put", "idempotentConsumer", "a content is stored once, before its outcome"),
            GuardedStep.bean("recordArchived", "policy", "the outcome is one transaction, after the put"),
            GuardedStep.bean("recordSetback", "policy", "an attempt without a file has an outcome too"),
            GuardedStep.bean("keepFailure", "doCatch", "a failure ends the batch, once its other files have ended"),
            GuardedStep.bean("discard", "doFinally", "the temporary file is deleted on every way out"));

    private static final List<GuardedStep> PUT = List.of(
            GuardedStep.named("removeHeaders", "headers that came from elsewhere could redirect the put"),
            GuardedStep.bean("putInParts", "when", "a large file is stored in parts, with its metadata"),
            GuardedStep.endpoint("aws2-s3", "doTry", "Camel's S3 component puts the file"),
            GuardedStep.bean("adopt", "doCatch", "an object that is there already is read back and adopted"),
            GuardedStep.always("readBack", "what the bucket keeps is read back after the put"));

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return file.folder() == Folder.STEPS ? check(file, guarded(file.stem())) : Stream.empty();
    }

    private static List<GuardedStep> guarded(String stem) {
        return switch (stem) {
            case "archive-company" -> COMPANY;
            case "archive-batch" -> BATCH;
            case "archive-file" -> FILE;
            case "archive-put" -> PUT;
            default -> List.of();
        };
    }

    private static Stream<FactsFault> check(RouteFile file, List<GuardedStep> steps) {
        List<Optional<RouteNode>> places = steps.stream().map(step -> step.in(file)).toList();
        return IntStream.range(0, steps.size()).boxed().flatMap(i -> places.get(i).isEmpty()
                ? Stream.of(missing(file, steps.get(i)))
                : early(file, places, i).map(place -> early(file, place, steps.get(i), steps.get(i - 1))));
    }

    private static FactsFault missing(RouteFile file, GuardedStep step) {
        return file.fault(file.element(), "no " + step.label(), "put it back: " + step.reason());
    }

    private static FactsFault early(RouteFile file, RouteNode place, GuardedStep step, GuardedStep before) {
        return file.fault(place, step.label() + " comes too early",
                "put it behind " + before.label() + ": " + step.reason());
    }

    /** Returns where the step stands, if the step before it does not stand before it. */
    private static Stream<RouteNode> early(RouteFile file, List<Optional<RouteNode>> places, int i) {
        List<RouteNode> nodes = file.nodes();
        Optional<RouteNode> before = i == 0 ? Optional.empty() : places.get(i - 1);
        return places.get(i).stream()
                .filter(place -> before.filter(first -> nodes.indexOf(first) > nodes.indexOf(place)).isPresent());
    }
}
