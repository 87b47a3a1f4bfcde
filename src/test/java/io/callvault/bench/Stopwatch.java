// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program to its end and says what it cost. Linux only: it reads {@code /proc}. */
final class Stopwatch {

    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final double TICKS = 100;
    private static final int POLL_MILLIS = 20;

    private final ProcessHandle origin;

    Stopwatch(ProcessHandle origin) {
        this.origin = origin;
    }

    /**
     * @param folder where it runs; its output goes to {@code output.txt} there
     * @throws IOException if it ends with another code than 0
     */
    Cost run(Path folder, List<String> command) throws IOException, InterruptedException {
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
        double originBefore = originCpu();
        double[] machineBefore = machine();
        long began = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process));
        }
        double wall = (System.nanoTime() - began) / 1e9;
        double[] machine = machine();
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + ", see " + folder.resolve("output.txt"));
        }
        double cpu = ofChildren(Files.readString(times));
        double originCpu = originCpu() - originBefore;
        double busy = machine[0] - machineBefore[0];
        double all = machine[1] - machineBefore[1];
        return new Cost(wall, cpu, peak * 1024 / 1e6, originCpu, Math.max(0, (busy - cpu - originCpu) / all));
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

    private static long peak(Process process) {
        return process.descendants()
                .mapToLong(one -> {
                    try {
                        Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + one.pid() + "/status")));
                        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
                    } catch (IOException ended) {
                        return 0;
                    }
                })
                .max()
                .orElse(0);
    }

    private double originCpu() {
        return origin.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Seconds that all processors were busy, and seconds in all, since the machine started. */
    private static double[] machine() throws IOException {
        String first = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        double[] ticks = Arrays.stream(first.trim().split("\\s+"))
                .skip(1)
                .limit(8) // user nice system idle iowait irq softirq steal; what follows is counted in user already
                .mapToDouble(Double::parseDouble)
                .toArray();
        double all = Arrays.stream(ticks).sum();
        return new double[] {(all - ticks[3] - ticks[4]) / TICKS, all / TICKS};
    }
}
