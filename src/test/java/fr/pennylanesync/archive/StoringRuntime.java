package fr.pennylanesync.archive;

import fr.pennylanesync.archive.s3.Upload;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that archives file after file, and says so after each. */
public final class StoringRuntime {

    private static final int SIZE = 100_000;

    private StoringRuntime() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path files = Files.createTempDirectory(directory, "files");
        try (RoutePut route = RoutePut.into(directory.resolve("archive"))) {
            for (int number = Integer.parseInt(arguments[1]);; number++) {
                Upload upload = upload(files, number);
                route.archive().confirm(upload, route.put(upload));
                System.out.println(upload.key().text());
            }
        }
    }

    public static Upload upload(Path files, int number) {
        return TestFiles.upload(files, number, TestFiles.random(SIZE, number));
    }
}
