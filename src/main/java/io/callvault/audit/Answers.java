// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what another thread found out. */
final class Answers {

    private Answers() {}

    /** The answer; its failure is thrown as it was there. */
    static <T> T of(Future<T> answer) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    isInterrupted = true; // told to the caller below; the answer is on its way
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
