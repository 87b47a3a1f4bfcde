// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import java.nio.file.Path;

/** Why Camel did not start, in one sentence: its outermost message often says only that something was vetoed. */
final class StartFailure {

    private static final int DEEPEST = 20;

    private StartFailure() {}

    static String sentence(Throwable failure, Path routes) {
        String said = "";
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                said = cause.getMessage().strip();
            }
        }
        return "Tried to start the routes in " + routes + " but Camel refused: "
                + said.replaceAll("\\s*\\R\\s*", " | ") + ". Mend the route and run again";
    }
}
