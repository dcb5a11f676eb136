package fr.pennylanesync.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A Java agent that lets the wall clock of a whole process leap: whatever asks {@code System.currentTimeMillis()},
 * {@code new Date()} or a {@code java.time} clock gets a time that is off by what a file says. Monotonic time is left
 * alone, as it is where a machine's clock is set.
 */
public final class LeapingClock implements ClassFileTransformer {

    private static final String OFF_BY_MS = "test.clock.off-by-ms";
    private static final String CLOCK = "java/time/Clock";
    private static final String ASKING = "currentTimeMillis";
    private static final long POLL_MS = 20;

    private final Path file;

    private LeapingClock(Path file) {
        this.file = file;
    }

    /** Makes a clock that is right, below a directory. */
    static LeapingClock in(Path directory) throws IOException {
        LeapingClock clock = new LeapingClock(directory.resolve("off-by-ms"));
        clock.leapTo(Duration.ZERO);
        return clock;
    }

    /** Lets the clock be wrong by this from now on. */
    void leapTo(Duration wrong) throws IOException {
        Path whole = Files.writeString(file.resolveSibling("next-ms"), Long.toString(wrong.toMillis()));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the option that gives a Java machine this clock. */
    String machineOption() throws IOException {
        Path jar = file.resolveSibling("clock-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", LeapingClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out, manifest)) {
            archive.putNextEntry(new JarEntry("agent.txt"));
            archive.write("The classes are on the class path.".getBytes(StandardCharsets.UTF_8));
        }
        return "-javaagent:" + jar + "=" + file;
    }

    /** Is called by the Java machine before the program begins. */
    public static void premain(String file, Instrumentation machine) throws UnmodifiableClassException {
        LeapingClock clock = new LeapingClock(Path.of(file));
        clock.follow();
        machine.addTransformer(clock, true);
        machine.retransformClasses(Date.class, Clock.class);
        Thread follower = new Thread(clock::followForEver, "leaping-clock");
        follower.setDaemon(true);
        follower.start();
    }

    private void followForEver() {
        try {
            while (true) {
                follow();
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            System.setProperty(OFF_BY_MS, Files.readString(file));
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain,
            byte[] content) {
        boolean ofTheMachine = loader == null && redefined == null;
        boolean asks = new String(content, StandardCharsets.ISO_8859_1).contains(ASKING) || CLOCK.equals(name);
        if (ofTheMachine || !asks || name.startsWith("fr/pennylanesync/acceptance/")) {
            return null;
        }
        ClassReader reader = new ClassReader(content);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new LeapingClass(writer, name), 0);
        return writer.toByteArray();
    }

    private static final class LeapingClass extends ClassVisitor {

        private final String className;

        private LeapingClass(ClassVisitor next, String className) {
            super(Opcodes.ASM9, next);
            this.className = className;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new LeapingMethod(next, className.equals(CLOCK) && name.equals("currentInstant"));
        }
    }

    private static final class LeapingMethod extends MethodVisitor {

        private final boolean returnsInstant;

        private LeapingMethod(MethodVisitor next, boolean returnsInstant) {
            super(Opcodes.ASM9, next);
            this.returnsInstant = returnsInstant;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            if (owner.equals("java/lang/System") && name.equals(ASKING)) {
                pushOffBy();
                visitInsn(Opcodes.LADD);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (returnsInstant && opcode == Opcodes.ARETURN) {
                pushOffBy();
                super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/time/Instant", "plusMillis",
                        "(J)Ljava/time/Instant;", false);
            }
            super.visitInsn(opcode);
        }

        private void pushOffBy() {
            visitLdcInsn(OFF_BY_MS);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Long", "getLong",
                    "(Ljava/lang/String;)Ljava/lang/Long;", false);
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Long", "longValue", "()J", false);
        }
    }
}
