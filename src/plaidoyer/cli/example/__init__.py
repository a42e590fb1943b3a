"""The example campaign: three communes, eleven lists and the letters that they wrote, all invented, played through the real acts."""
