/**
 * Threads that score rows by the same trees and tables at once, at most. More would wait for the one that reads the
 * rows and the one that writes what is found, and each takes memory.
 */
export const mostScoringThreads = 3;
