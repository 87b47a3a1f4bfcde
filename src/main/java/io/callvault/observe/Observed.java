// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

/** Answers who observes. */
@FunctionalInterface
public interface Observed {

    /**
     * One page. Blocks while the ledger is read.
     *
     * @param name {@code metrics}, {@code live} or {@code ready}
     * @param authorization the header of that name; null when there was none
     */
    Page page(String name, String authorization);

    /**
     * @param status as HTTP has them
     * @param type of the text, as HTTP has it
     */
    record Page(int status, String type, String text) {}
}
