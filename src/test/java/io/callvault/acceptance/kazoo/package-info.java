// SPDX-License-Identifier: Apache-2.0
/**
 * The same judgement from outside for customers of 2600Hz Kazoo: the packaged program as a process, before a server written
 * from what is known of Kazoo's Crossbar API (lines 4.3 and 5) alone.
 *
 * <p>{@link io.callvault.acceptance.kazoo.Kazoo} answers as the real server would, oddities included, and remembers what it
 * was asked. What the real server takes in silence but no careful asker sends is remembered as a violation.
 */
package io.callvault.acceptance.kazoo;
