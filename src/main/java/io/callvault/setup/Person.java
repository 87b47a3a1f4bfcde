// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

/** Who is asked. */
public interface Person {

    /** Shows a line. */
    void say(String line);

    /** Shows a prompt and waits for a line; null when there will be no more. */
    String ask(String prompt);

    /** As {@link #ask}, but what is typed is not shown. */
    String askHidden(String prompt);
}
