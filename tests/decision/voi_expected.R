# Figures of voi_expected.csv: Rscript voi_expected.R, in this folder. R 4.2.2, mgcv 1.8-41.
#
# The package `voi` (its method "gam") fits each difference of two choices by
# mgcv::gam with the formula te(parameters, bs = 'cr') and takes the mean of the
# best fitted difference less the best mean. `voi` itself could not be installed
# where this was made, so that its own rule is written out here.
library(mgcv)
table <- read.csv("voi_table.csv")
choices <- as.matrix(table[, c("a", "b", "c")])

evppi <- function(names) {
  gaps <- sapply(2:3, function(k) {
    table$gap <- choices[, k] - choices[, 1]
    formula <- sprintf("gap ~ te(%s, bs = 'cr')", paste(names, collapse = ", "))
    fitted(gam(as.formula(formula), data = table))
  })
  gaps <- cbind(0, gaps)
  mean(apply(gaps, 1, max)) - max(colMeans(gaps))
}

sets <- list("x", "y", "w", "v", c("x", "y"), c("x", "w"))
found <- sapply(sets, evppi)
all <- mean(apply(choices, 1, max)) - max(colMeans(choices))
names <- c(sapply(sets, paste, collapse = " "), "all")
write.csv(data.frame(parameters = names, evppi = signif(c(found, all), 8)),
          "voi_expected.csv", row.names = FALSE, quote = FALSE)
