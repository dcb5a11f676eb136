package fr.pennylanesync.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Makes inputs that are nearly good: good ones in which bytes are changed, parts are lost, doubled or exchanged, and
 * words are put in that mean something to the reader.
 */
public record Mutations(List<byte[]> good, List<byte[]> words) {

    private static final int CHANGES_MAX = 6;
    private static final int SIZE_MAX = 64 * 1024;

    public Mutations {
        if (good.isEmpty()) {
            throw new IllegalArgumentException("something to change is needed");
        }
    }

    /** @param words what means something to the reader */
    public static Mutations of(List<String> good, String... words) {
        return new Mutations(bytes(good), bytes(Arrays.asList(words)));
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    public Arbitrary<byte[]> inputs() {
        return Arbitraries.randomValue(this::next);
    }

    private byte[] next(Random random) {
        byte[] input = any(good, random);
        for (int change = random.nextInt(CHANGES_MAX + 1); change > 0; change--) {
            input = changed(input, random);
        }
        return input.length > SIZE_MAX ? Arrays.copyOf(input, SIZE_MAX) : input;
    }

    private byte[] changed(byte[] input, Random random) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(input.length - from, 1 << random.nextInt(8)) + 1);
        byte[] part = Arrays.copyOfRange(input, from, to);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(input, from, Math.min(input.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(input, from, to, new byte[0]);
            case 2 -> replaced(input, from, from, part);
            case 3 -> replaced(input, to, to, part);
            case 4 -> words.isEmpty() ? input : replaced(input, from, to, any(words, random));
            default -> {
                byte[] other = any(good, random);
                int at = random.nextInt(other.length + 1);
                yield replaced(input, from, input.length, Arrays.copyOfRange(other, at, other.length));
            }
        };
    }

    private static byte[] any(List<byte[]> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] part) {
        byte[] result = Arrays.copyOf(input, input.length - (to - from) + part.length);
        System.arraycopy(part, 0, result, from, part.length);
        System.arraycopy(input, to, result, from + part.length, input.length - to);
        return result;
    }
}
