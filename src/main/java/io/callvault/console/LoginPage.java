// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

/** For signing in. {@code sentence} says why it did not work; null the first time. */
public record LoginPage(String sentence) {}
