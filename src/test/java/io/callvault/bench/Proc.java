// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux says of a process in {@code /proc}; 0 of one that has ended. */
final class Proc {

    private static final double TICKS = 100;

    private Proc() {}

    /** The most memory that it held at once, in MB of 10^6 bytes. */
    static double peakMegabytes(long pid) {
        return status(pid, "VmHWM") * 1024.0 / 1e6;
    }

    static long threads(long pid) {
        return status(pid, "Threads");
    }

    /** Seconds of processor time, user and system, of all its threads. */
    static double cpu(long pid) {
        return cpu(Path.of("/proc/" + pid));
    }

    /** The same of its threads of that name. */
    static double cpu(long pid, String thread) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.filter(task -> text(task.resolve("comm")).strip().equals(thread))
                    .mapToDouble(Proc::cpu)
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    /** Seconds that all processors were busy, and seconds in all, since the machine started. */
    static double[] machine() {
        double[] ticks = numbers(text(Path.of("/proc/stat")).lines().findFirst().orElseThrow(), 1)
                .limit(8) // user nice system idle iowait irq softirq steal; what follows is counted in user already
                .mapToDouble(Double::parseDouble)
                .toArray();
        double all = Arrays.stream(ticks).sum();
        return new double[] {(all - ticks[3] - ticks[4]) / TICKS, all / TICKS};
    }

    /** Runnable tasks of the machine, in the mean of the last minute. */
    static String load() {
        return text(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static double cpu(Path process) {
        String stat = text(process.resolve("stat"));
        // Behind the name, which is in brackets and may hold anything: state is the third field, utime the 14th.
        List<String> fields = numbers(stat.substring(stat.lastIndexOf(')') + 1), 11).limit(2).toList();
        return fields.stream().mapToDouble(Double::parseDouble).sum() / TICKS;
    }

    private static Stream<String> numbers(String line, int from) {
        return Arrays.stream(line.strip().split("\\s+")).skip(from);
    }

    private static long status(long pid, String name) {
        Matcher matcher = Pattern.compile(name + ":\\s+(\\d+)").matcher(text(Path.of("/proc/" + pid + "/status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }
}
