// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.store.Bytes;
import io.callvault.store.StorePut;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that puts is killed; what it said is stored is stored, and nothing lies half under a final name. */
@Timeout(120)
class FileStoreKillTest {

    private static final int FILES = 400;
    private static final int LENGTH = 300_000; // bytes

    @TempDir
    Path scratch;

    /** The process to be killed: puts files from four threads and prints the path of each that is proved. */
    public static final class Putter {
        private Putter() {}

        public static void main(String[] arguments) throws Exception {
            FileStore store = store(Path.of(arguments[0]));
            Path spool = Path.of(arguments[1]);
            Thread[] threads = new Thread[4];
            for (int t = 0; t < threads.length; t++) {
                int first = t;
                threads[t] = new Thread(() -> {
                    for (int i = first; i < FILES; i += threads.length) {
                        store.put(put(i, spool));
                        System.out.println(path(i));
                    }
                });
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static FileStore store(Path root) {
        return new FileStore(
                new FileSettings("nas", root, FileSettings.permissions("mode", "0640"), null, null, null), new Disk());
    }

    private static String path(int number) {
        return "acme/" + number % 7 + "/" + number + ".mp3";
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** Every other file may be shared. */
    private static StorePut put(int number, Path spool) {
        try {
            Path file = Files.write(spool.resolve("item-" + number + "-" + System.nanoTime()), bytes(number));
            return new StorePut(path(number), file, LENGTH, Bytes.sha256(bytes(number)), null, number % 2 == 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "40", "150"})
    void what_a_killed_process_called_stored_is_whole_and_the_rest_can_be_put_again(int killAfter) throws Exception {
        Path root = scratch.resolve("archive");
        Path spool = Files.createDirectory(scratch.resolve("spool"));
        Set<String> stored = new HashSet<>(killed(root, spool, killAfter));

        assertThat(stored).hasSizeGreaterThanOrEqualTo(killAfter);
        assertThat(stored).allSatisfy(path -> assertThat(root.resolve(path)).exists());
        for (int i = 0; i < FILES; i++) {
            Path file = root.resolve(path(i));
            if (Files.exists(file)) {
                assertThat(Files.readAllBytes(file)).as(path(i)).isEqualTo(bytes(i));
            }
        }

        FileStore next = store(root);
        for (int i = 0; i < FILES; i++) {
            next.put(put(i, spool));
        }
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(FILES).noneMatch(file -> file.getFileName()
                    .toString()
                    .startsWith("."));
        }
    }

    private static List<String> killed(Path root, Path spool, int after) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Putter.class.getName(),
                        root.toString(),
                        spool.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> stored = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                stored.add(line);
                if (stored.size() == after) {
                    process.toHandle().destroyForcibly(); // the handle leaves the pipe open, to be read to its end
                }
            }
            // The last line may be cut by the kill.
            if (!stored.isEmpty() && !stored.get(stored.size() - 1).endsWith(".mp3")) {
                stored.remove(stored.size() - 1);
            }
            return stored;
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
