// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a terminal's bar shares its line with. Whatever is written here takes the bar's line, which is emptied first; the bar
 * draws itself again below it.
 */
final class AboveBar extends PrintStream {

    /** To the line's beginning, and nothing behind it: EL of ECMA-48. */
    private static final byte[] EMPTY_LINE = "\r\u001b[K".getBytes(StandardCharsets.US_ASCII);

    /** @param terminal where the bar is drawn */
    AboveBar(PrintStream terminal) {
        super(new Emptying(terminal), true);
    }

    private static final class Emptying extends FilterOutputStream {

        private boolean isNewLine = true;

        private Emptying(OutputStream terminal) {
            super(terminal);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (isNewLine) {
                out.write(EMPTY_LINE);
            }
            out.write(bytes, offset, length);
            isNewLine = length > 0 ? bytes[offset + length - 1] == '\n' : isNewLine;
        }
    }
}
