// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

/** Why a page could not be given. */
public record ProblemPage(int status, String sentence) {}
