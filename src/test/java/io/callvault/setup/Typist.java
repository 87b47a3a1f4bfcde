// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Types answers in their order, whatever is asked, and keeps what was shown. */
final class Typist implements Person {

    final List<String> shown = new ArrayList<>();
    final List<String> hiddenPrompts = new ArrayList<>();
    private final Deque<String> answers;

    Typist(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public void say(String line) {
        shown.add(line);
    }

    @Override
    public String ask(String prompt) {
        shown.add(prompt);
        return answers.poll();
    }

    @Override
    public String askHidden(String prompt) {
        hiddenPrompts.add(prompt);
        return ask(prompt);
    }

    /** What was left untyped. */
    List<String> left() {
        return List.copyOf(answers);
    }
}
