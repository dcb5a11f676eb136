package fr.pennylanesync.warehouse;

/** A fault of the warehouse that has a name and a remedy. The message never holds a value of a row. */
public final class WarehouseFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What happened, and what to do about it. */
    public enum Code {
        COLUMN_RETYPED("rename the column in the stream file, or migrate the table by hand"),
        READ_BACK_DIFFERS("the batch was rolled back and is read again; if it stays, check the database's integrity");

        private final String remedy;

        Code(String remedy) {
            this.remedy = remedy;
        }
    }

    private final Code code;
    private final String what;

    public WarehouseFailure(Code code, String what) {
        super(code + ": " + what + " -> " + code.remedy);
        this.code = code;
        this.what = what;
    }

    public String what() {
        return code + ": " + what;
    }

    public String remedy() {
        return code.remedy;
    }

    public Code code() {
        return code;
    }
}
