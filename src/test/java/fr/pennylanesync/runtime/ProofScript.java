package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The script of docs/, which a third party runs with a dump, a document and the public key. */
record ProofScript(Warehouse warehouse, Settings settings, Path directory) {

    /** Returns what it says of a document. */
    String check(int sequence) throws IOException, InterruptedException {
        return check(document(sequence));
    }

    String check(Path document) throws IOException, InterruptedException {
        Path key = Files.writeString(directory.resolve("key.pem"), Digests.publicKey(settings).pem());
        List<String> command = new ArrayList<>(List.of("python3", "docs/check-proof.py", dump().toString(),
                document.toString(), key.toString()));
        if (Files.isDirectory(bucket())) {
            command.add(bucket().toString());
        }
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(python.getInputStream().readAllBytes()).strip();
        assertThat(python.waitFor()).as(said).isEqualTo(said.endsWith("no differences") ? 0 : 1);
        return said;
    }

    /** Returns where the objects of the embedded archive lie, if there are any. */
    Path bucket() {
        return directory.resolve("archive/objects/archive");
    }

    /** Returns the copy of a document in the second place. */
    Path document(int sequence) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("copies"))) {
            return files.filter(file -> file.endsWith("%012d.json".formatted(sequence))).findFirst().orElseThrow();
        }
    }

    /** As psql would: the first statement makes others. */
    private Path dump() throws IOException {
        String[] sql = Files.readString(Path.of("docs/proof-dump.sql")).replaceAll("(?m)^--.*$", "")
                .split("\\\\gexec");
        List<String> statements = new ArrayList<>(warehouse.jdbc().sql(sql[0]).query(String.class).list());
        statements.addAll(Stream.of(sql[1].split(";")).filter(each -> !each.isBlank()).toList());
        List<String> lines = new ArrayList<>();
        statements.forEach(each -> lines.addAll(warehouse.jdbc().sql(each).query(String.class).list()));
        return Files.write(directory.resolve("proof.jsonl"), lines);
    }
}
