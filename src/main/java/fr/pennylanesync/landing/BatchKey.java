package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;

/**
 * The name of a batch for all time: which pass of which stream of which company, and where the read began.
 *
 * @param run counts the times that the pass was begun
 * @param position {@link fr.pennylanesync.checkpoint.Position#batchKey}
 */
public record BatchKey(long companyId, String stream, String pass, long run, String position) {

    private static final int PARTS = 5;

    public static BatchKey of(Checkpoint from) {
        return new BatchKey(from.companyId(), from.stream(), from.pass().label(), from.run(),
                from.position().batchKey());
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} writes */
    public static BatchKey parse(String text) {
        String[] parts = text.split("/", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("not a batch key: it has " + parts.length + " parts");
        }
        return new BatchKey(Long.parseLong(parts[0]), parts[1], parts[2], Long.parseLong(parts[3]), parts[4]);
    }

    @Override
    public String toString() {
        return companyId + "/" + stream + "/" + pass + "/" + run + "/" + position;
    }
}
