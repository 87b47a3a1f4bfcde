// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program to its end and says what it cost. Linux only: it reads {@code /proc}. */
final class Stopwatch {

    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final int POLL_MILLIS = 20;

    private final ProcessHandle origin;
    private final LongConsumer look;

    /** @param origin what serves it; its own use is no part of the cost */
    Stopwatch(ProcessHandle origin) {
        this(origin, pid -> {});
    }

    /** @param look told the number of each of its processes now and then, while it runs */
    Stopwatch(ProcessHandle origin, LongConsumer look) {
        this.origin = origin;
        this.look = look;
    }

    /**
     * @param folder where it runs; its output goes to {@code output.txt} there
     * @throws IOException if it ends with another code than 0
     */
    Cost run(Path folder, List<String> command) throws IOException, InterruptedException {
        return run(folder, command, Map.of());
    }

    /** The same with more in its environment. */
    Cost run(Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path times = folder.resolve("times.txt");
        // The shell's own times says what a child that has ended used, without a program that may not be there.
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of("/bin/sh", "-c", "\"$@\"; code=$?; times >times.txt; exit $code", "bench"),
                        command.stream())
                .toList());
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().remove("AWS_CA_BUNDLE"); // rclone 1.60 does not start with it
        builder.environment().putAll(environment);
        double originBefore = originCpu();
        double[] machineBefore = Proc.machine();
        long began = System.nanoTime();
        Process process = builder.start();
        double peak = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process));
        }
        double wall = (System.nanoTime() - began) / 1e9;
        double[] machine = Proc.machine();
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + ", see " + folder.resolve("output.txt"));
        }
        double cpu = ofChildren(Files.readString(times));
        double originCpu = originCpu() - originBefore;
        double busy = machine[0] - machineBefore[0];
        double all = machine[1] - machineBefore[1];
        return new Cost(wall, cpu, peak, originCpu, Math.max(0, (busy - cpu - originCpu) / all));
    }

    /** The second line of what {@code times} says: the shell's children, user and system. */
    private static double ofChildren(String times) {
        Matcher matcher = TIME.matcher(times.lines().skip(1).findFirst().orElseThrow());
        double seconds = 0;
        while (matcher.find()) {
            seconds += 60 * Integer.parseInt(matcher.group(1)) + Double.parseDouble(matcher.group(2));
        }
        return seconds;
    }

    private double peak(Process process) {
        return process.descendants()
                .mapToLong(ProcessHandle::pid)
                .peek(look)
                .mapToDouble(Proc::peakMegabytes)
                .max()
                .orElse(0);
    }

    private double originCpu() {
        return origin.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
