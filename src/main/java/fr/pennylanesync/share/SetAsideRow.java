package fr.pennylanesync.share;

/**
 * A row of the share that no table can take, kept with its raw material so that nothing is lost by leaving it out. It
 * counts in its partition's digest as any other row.
 *
 * @param id its own; 0 where it has none
 * @param month of its date, as {@link Partition#key} writes it
 * @param reason why it is set aside, as a code
 * @param canonical its canonical text
 * @param occurrence its number among rows of the same text
 * @param material its fields as one JSON object, of bounded length
 */
public record SetAsideRow(long id, String month, String reason, String canonical, int occurrence, String material)
        implements ReadRow {

    /** The reason of a row that nothing tells from others. */
    static final String WITHOUT_ID = "SHARE_ROW_WITHOUT_ID";
    /** Nobody here can say which of several rows is the record: each of them is set aside. */
    public static final String WITH_ONE_ID = "SHARE_ROWS_WITH_ONE_ID";

    /** So many rows of one partition are single faults; where there are more, it is the table that is at fault. */
    public static final int MOST = 1_000;

    private static final int MATERIAL_MOST = 64 * 1024;

    public SetAsideRow {
        material = material.length() <= MATERIAL_MOST ? material : material.substring(0, MATERIAL_MOST) + "…";
    }

    /** Names the row: the same whenever it is read, and another than that of any other row of its table. */
    public String name() {
        return Partition.month(month) + " " + fingerprint(canonical) + " " + occurrence;
    }

    /** The hash of a row's canonical text. */
    static String fingerprint(String canonical) {
        return Long.toHexString(RowDigest.EMPTY.plus(canonical).sum());
    }

    /**
     * Tells whether a row of this name is in a partition.
     *
     * @param name as {@link #name} gives it
     */
    public static boolean isOf(String name, Partition partition) {
        String month = name.substring(0, name.lastIndexOf(' ', name.lastIndexOf(' ') - 1));
        return partition.holds(Partition.parse(month).key());
    }
}
