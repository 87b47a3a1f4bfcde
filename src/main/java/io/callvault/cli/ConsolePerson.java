// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.setup.Person;
import java.io.Console;
import java.util.Optional;

/** Whoever sits at the terminal. */
final class ConsolePerson implements Person {

    private final Console console;

    private ConsolePerson(Console console) {
        this.console = console;
    }

    /** Empty unless both standard input and standard output are a terminal. */
    static Optional<ConsolePerson> atTerminal() {
        // From Java 22 to 24 another console is the default, which is there without a terminal as well.
        System.setProperty("jdk.console", "java.base");
        return Optional.ofNullable(System.console()).map(ConsolePerson::new);
    }

    @Override
    public void say(String line) {
        console.printf("%s%n", line);
    }

    @Override
    public String ask(String prompt) {
        return console.readLine("%s", prompt);
    }

    @Override
    public String askHidden(String prompt) {
        char[] typed = console.readPassword("%s", prompt);
        return typed == null ? null : new String(typed);
    }
}
