// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged program, run as a process in a folder of its own. */
public final class Distribution {

    /** No command of these tests has so much to do. */
    public static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("callvault.patience", 120));

    private final Path installation;
    private final Path folder;
    private final Path logs;
    private final Map<String, String> environment = new HashMap<>();
    private int commands;

    /** @param temporary an empty directory */
    public Distribution(Path temporary) {
        this(temporary, packaged());
    }

    /** @param installation where a copy of the program lies */
    Distribution(Path temporary, Path installation) {
        this.installation = installation;
        assertThat(installation.resolve("bin/callvault"))
                .as("the packaged program (mvn package)")
                .isExecutable();
        try {
            folder = Files.createDirectory(temporary.resolve("work"));
            logs = Files.createDirectory(temporary.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LC_ALL", "C.UTF-8");
        // Neither the time zone nor the language of the machine may show in what is written.
        environment.put("JAVA_OPTS", "-Duser.timezone=Pacific/Chatham -Duser.language=tr -Duser.country=TR");
    }

    /** What {@code mvn package} made. */
    static Path packaged() {
        return Path.of(System.getProperty("callvault.distribution", "target/callvault")).toAbsolutePath();
    }

    /** Debian's libfaketime, without which nothing here can tell a program another time. */
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    public static boolean hasFaketime() {
        return FAKETIME.stream().anyMatch(Files::exists);
    }

    /** What is started from now on believes it to be so much later, by whole seconds; its waits are as long as ever. */
    public Distribution clockAhead(Duration ahead) {
        Path library = FAKETIME.stream().filter(Files::exists).findFirst().orElseThrow();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("FAKETIME", "%+d".formatted(ahead.toSeconds()));
        // Only the time of day: Java waits by the other clock, and waits for ever, or not at all, when it is changed.
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        environment.put("DONT_FAKE_MONOTONIC", "1");
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        environment.put("NO_FAKE_STAT", "1");
        return this;
    }

    /** Where the program is installed. */
    Path installation() {
        return installation;
    }

    /** The current directory of every command; the configuration lies here. */
    public Path folder() {
        return folder;
    }

    public Target target(String name) {
        return new Target(folder.resolve(name));
    }

    public Distribution environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Distribution configure(Settings settings) {
        return configure(settings.text());
    }

    public Distribution configure(String properties) {
        try {
            Files.writeString(folder.resolve("application.properties"), properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Runs a command to its end. */
    public Outcome run(String... arguments) {
        return start(arguments).outcome(LIMIT);
    }

    public synchronized Running start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(installation.resolve("bin/callvault").toString());
        command.addAll(List.of(arguments));
        int number = ++commands;
        Path out = logs.resolve(number + ".out");
        Path err = logs.resolve(number + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below the folder, the logs and the target in which one of these texts can be read. */
    public List<String> filesWith(List<String> secrets) {
        List<String> found = new ArrayList<>();
        for (Path file : Target.files(folder.getParent())) {
            byte[] bytes = file.toString().endsWith(".gz") ? Journal.unzip(file) : Target.read(file);
            for (String secret : secrets) {
                if (Bytes.contain(bytes, secret.getBytes(StandardCharsets.UTF_8))) {
                    found.add(file + " holds " + secret);
                }
            }
        }
        return found;
    }
}
