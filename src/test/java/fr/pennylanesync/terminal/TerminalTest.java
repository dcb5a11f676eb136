package fr.pennylanesync.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void coloursAreLeftOutWhereSomebodyWantsNone() {
        assertThat(Terminal.of(true, Map.of("COLUMNS", "100"))).isEqualTo(new Terminal(true, 100, true, true));
        assertThat(Terminal.of(true, Map.of("COLUMNS", "100", "NO_COLOR", "1")).hasColour()).isFalse();
        assertThat(Terminal.of(true, Map.of("COLUMNS", "100", "NO_COLOR", "")).hasColour()).isTrue();
        assertThat(Terminal.of(true, Map.of("COLUMNS", "100", "TERM", "dumb")))
                .isEqualTo(new Terminal(true, 100, false, false));
        assertThat(Terminal.of(false, Map.of("COLUMNS", "100"))).isEqualTo(Terminal.NONE);
    }

    @Test
    void aTerminalThatDoesNotKnowItsWidthHasTheUsualOne() {
        assertThat(Terminal.columnsOf("24 132\n")).isEqualTo(132);
        assertThat(Terminal.columnsOf("0 0\n")).isEqualTo(80);
        assertThat(Terminal.columnsOf("stty: not a tty")).isEqualTo(80);
        assertThat(Terminal.columnsOf("24 99999999999\n")).isEqualTo(80);
    }

    @Test
    void aLineStandsAboveTheOneThatIsDrawn() {
        Screen screen = screen(new Terminal(true, 20, true, false));
        screen.draw("1/2 streams and much more than fits");
        screen.line("told");
        screen.draw("2/2");
        screen.clear();

        String drawn = "1/2 streams and mu…";
        assertThat(text()).isEqualTo(drawn + "\r\u001b[Ktold\n" + drawn + "\r\u001b[K2/2\r\u001b[K");
        assertThat(drawn).hasSizeLessThan(20);
    }

    @Test
    void nothingIsErasedWhereNothingWasDrawn() {
        Screen screen = screen(Terminal.NONE);
        screen.line("one");
        screen.clear();
        screen.line("two");

        assertThat(text()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aTableIsAlignedAndEachRowIsOneLine() {
        TextTable table = new TextTable(List.of("name", "total"), List.of(TextTable.Align.LEFT, TextTable.Align.RIGHT));
        table.add(List.of("Société\nà côté", "1"));
        table.add(List.of("x", "1234.50"));

        assertThat(table.lines()).containsExactly("name              total", "--------------  -------",
                "Société à côté        1", "x               1234.50");
    }

    private Screen screen(Terminal terminal) {
        return new Screen(terminal, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
